-- One entity from several sources: the keys records find each other by, what people decided, and what was joined.

-- Trusted keys are ids that other catalogues vouch for; the others only say that two records are worth comparing.
alter table identity_keys add column trusted boolean not null default true;

-- A person's word on two records: permanent.
create table verdicts (
  entity_kind  text not null constraint verdict_kind_is_known check (entity_kind in ('artist', 'venue', 'show', 'song')),
  left_source  text collate "C" not null,
  left_id      text collate "C" not null,
  right_source text collate "C" not null,
  right_id     text collate "C" not null,
  same         boolean not null,
  decided_at   timestamptz not null default now(),
  constraint pair_has_one_verdict primary key (entity_kind, left_source, left_id, right_source, right_id),
  constraint verdict_names_the_smaller_key_first check ((left_source || ' ' || left_id) < (right_source || ' ' || right_id))
);
create index verdicts_by_right on verdicts (entity_kind, right_source, right_id);

-- Pairs that are two entities although something speaks for one: for a person (review), or to be weighed again
-- when more is known (watched).
create table identity_pairs (
  entity_kind  text not null,
  left_source  text collate "C" not null,
  left_id      text collate "C" not null,
  right_source text collate "C" not null,
  right_id     text collate "C" not null,
  score        numeric not null constraint pair_score_is_0_to_1 check (score between 0 and 1),
  evidence     jsonb not null,
  state        text not null constraint pair_state_is_known check (state in ('review', 'watched')),
  since        timestamptz not null default now(),
  constraint pair_is_open_once primary key (entity_kind, left_source, left_id, right_source, right_id)
);
create index identity_pairs_by_right on identity_pairs (entity_kind, right_source, right_id);
create index identity_pairs_for_review on identity_pairs (entity_kind, score desc) where state = 'review';

-- A value that a person has set: no source overwrites it.
create table field_overrides (
  entity_kind text not null constraint override_kind_is_known check (entity_kind in ('artist', 'venue', 'show')),
  entity_id   uuid not null,
  field       text not null,
  value       jsonb not null,
  set_at      timestamptz not null default now(),
  constraint field_is_set_once primary key (entity_kind, entity_id, field)
);

-- Entities that another one took in: their addresses lead there.
create table merged_entities (
  entity_kind text not null,
  gone_id     uuid not null,
  keep_id     uuid not null,
  merged_at   timestamptz not null default now(),
  constraint entity_is_gone_once primary key (entity_kind, gone_id)
);
create index merged_entities_by_keeper on merged_entities (entity_kind, keep_id);

-- A trusted id may move from one row to another within a statement.
alter table artists drop constraint bandsintown_id_names_one_artist,
  add constraint bandsintown_id_names_one_artist unique (bandsintown_id) deferrable;
alter table venues drop constraint ticketmaster_id_names_one_venue, drop constraint setlistfm_id_names_one_venue,
  add constraint ticketmaster_id_names_one_venue unique (ticketmaster_id) deferrable,
  add constraint setlistfm_id_names_one_venue unique (setlistfm_id) deferrable;
alter table shows drop constraint ticketmaster_id_names_one_show, drop constraint setlistfm_id_names_one_show,
  drop constraint bandsintown_id_names_one_show,
  add constraint ticketmaster_id_names_one_show unique (ticketmaster_id) deferrable,
  add constraint setlistfm_id_names_one_show unique (setlistfm_id) deferrable,
  add constraint bandsintown_id_names_one_show unique (bandsintown_id) deferrable;

create table tours (
  id         uuid primary key default gen_random_uuid(),
  artist_id  uuid not null references artists (id) on delete cascade,
  name       text not null constraint tour_name_has_1_to_1000_characters check (length(name) between 1 and 1000),
  starts_on  date,
  ends_on    date,
  created_at timestamptz not null default now(),
  constraint tour_ends_after_it_starts check (starts_on <= ends_on)
);
create unique index artist_has_a_tour_once on tours (artist_id, md5(lower(name)));

create table tour_venues (
  tour_id  uuid not null references tours (id) on delete cascade,
  venue_id uuid not null references venues (id) on delete cascade,
  shows    integer not null constraint tour_plays_a_venue_at_least_once check (shows > 0),
  constraint venue_is_once_on_a_tour primary key (tour_id, venue_id)
);
create index tour_venues_by_venue on tour_venues (venue_id);

alter table shows
  add column tour_id uuid references tours (id) on delete set null,
  add column run_id uuid;
create index shows_by_tour on shows (tour_id) where tour_id is not null;

create table show_offers (
  show_id   uuid not null references shows (id) on delete cascade,
  source    text collate "C" not null,
  source_id text collate "C" not null,
  name      text not null constraint offer_name_has_1_to_10000_characters check (length(name) between 1 and 10000),
  status    text not null,
  url       text constraint offer_url_has_at_most_4000_characters check (length(url) <= 4000),
  constraint listing_is_offered_once primary key (source, source_id)
);
create index show_offers_by_show on show_offers (show_id);

-- What was played holds tapes and intros too, which are no songs of anybody.
alter table setlist_songs
  alter column song_id drop not null,
  add column title text constraint setlist_title_has_at_most_2000_characters check (length(title) <= 2000),
  add column info text constraint setlist_info_has_at_most_2000_characters check (length(info) <= 2000),
  add constraint setlist_entry_has_a_song_or_a_title check (song_id is not null or title is not null);

-- What changed of a show, when, and by which run.
create table show_changes (
  id         bigint generated always as identity primary key,
  show_id    uuid not null references shows (id) on delete cascade,
  changed_at timestamptz not null default now(),
  run_id     uuid,
  field      text not null,
  was        text,
  is_now     text
);
create index show_changes_by_show on show_changes (show_id, changed_at);
create index show_changes_by_time on show_changes (changed_at);

create function note_show_changes() returns trigger language plpgsql as $$
begin
  insert into show_changes (show_id, run_id, field, was, is_now)
  select new.id, new.run_id, c.field, c.was, c.is_now
  from (values ('status', old.status, new.status),
    ('local_date', cast(old.local_date as text), cast(new.local_date as text)),
    ('local_time', cast(old.local_time as text), cast(new.local_time as text)),
    ('venue_id', cast(old.venue_id as text), cast(new.venue_id as text)),
    ('name', old.name, new.name)) as c (field, was, is_now)
  where c.was is distinct from c.is_now;
  return null;
end $$;
create trigger show_changes_are_noted after update on shows for each row
  when ((old.status, old.local_date, old.local_time, old.venue_id, old.name)
    is distinct from (new.status, new.local_date, new.local_time, new.venue_id, new.name))
  execute function note_show_changes();
