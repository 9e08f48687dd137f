-- What failed, kept until somebody replays or discards it.
create table dead_letters (
  id           bigint generated always as identity primary key,
  route        text not null,
  source       text collate "C" not null,
  record_kind  text collate "C" not null,
  source_id    text collate "C" not null,
  cause        text not null,
  error        text not null,
  payload      text,
  attempts     integer not null default 1,
  first_failed timestamptz not null default now(),
  last_failed  timestamptz not null default now(),
  state        text not null default 'open' constraint letter_state_is_known check (state in ('open', 'replayed', 'discarded'))
);
create unique index record_has_one_open_letter on dead_letters (source, record_kind, source_id) where state = 'open';
create index dead_letters_by_cause on dead_letters (state, cause, id);
