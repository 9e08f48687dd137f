-- The catalogue: what fans see. External ids are attributes; every link between rows is a uuid with a foreign key.

create table artists (
  id              uuid primary key,
  name            text not null constraint artist_name_has_1_to_10000_characters check (length(name) between 1 and 10000),
  sort_name       text constraint artist_sort_name_has_at_most_10000_characters check (length(sort_name) <= 10000),
  mbid            text constraint artist_mbid_is_a_uuid check (mbid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  spotify_id      text constraint artist_spotify_id_has_22_characters check (spotify_id ~ '^[0-9A-Za-z]{22}$'),
  ticketmaster_id text collate "C" constraint artist_ticketmaster_id_has_at_most_100_characters check (length(ticketmaster_id) <= 100),
  bandsintown_id  text collate "C" constraint artist_bandsintown_id_has_at_most_100_characters check (length(bandsintown_id) <= 100),
  image_url       text constraint artist_image_url_has_at_most_4000_characters check (length(image_url) <= 4000),
  genres          text[] not null default '{}',
  popularity      integer constraint artist_popularity_is_0_to_100 check (popularity between 0 and 100),
  sync_status     text not null default 'pending' constraint artist_sync_status_is_known check (sync_status in ('pending', 'syncing', 'success', 'error')),
  last_sync       timestamptz,
  last_sync_error text,
  songs_synced_at timestamptz,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  -- Deferrable: when a trusted id moves from one artist to another, both rows change in one statement.
  constraint mbid_names_one_artist unique (mbid) deferrable,
  constraint spotify_id_names_one_artist unique (spotify_id) deferrable,
  constraint ticketmaster_id_names_one_artist unique (ticketmaster_id) deferrable,
  constraint bandsintown_id_names_one_artist unique (bandsintown_id)
);
create index artists_by_name on artists (lower(left(name, 200)), id);

create table venues (
  id              uuid primary key,
  name            text not null constraint venue_name_has_1_to_10000_characters check (length(name) between 1 and 10000),
  city            text constraint venue_city_has_at_most_1000_characters check (length(city) <= 1000),
  state           text constraint venue_state_has_at_most_1000_characters check (length(state) <= 1000),
  state_code      text constraint venue_state_code_has_at_most_20_characters check (length(state_code) <= 20),
  country         text constraint venue_country_has_at_most_1000_characters check (length(country) <= 1000),
  country_code    text constraint venue_country_code_has_2_capitals check (country_code ~ '^[A-Z]{2}$'),
  address         text constraint venue_address_has_at_most_1000_characters check (length(address) <= 1000),
  postal_code     text constraint venue_postal_code_has_at_most_40_characters check (length(postal_code) <= 40),
  latitude        double precision constraint venue_latitude_is_in_range check (latitude between -90 and 90),
  longitude       double precision constraint venue_longitude_is_in_range check (longitude between -180 and 180),
  timezone        text constraint venue_timezone_has_at_most_60_characters check (length(timezone) <= 60),
  capacity        integer constraint venue_capacity_is_positive check (capacity > 0),
  ticketmaster_id text collate "C" constraint venue_ticketmaster_id_has_at_most_100_characters check (length(ticketmaster_id) <= 100),
  setlistfm_id    text collate "C" constraint venue_setlistfm_id_has_at_most_100_characters check (length(setlistfm_id) <= 100),
  parent_id       uuid references venues (id) on delete set null,
  sync_status     text not null default 'pending' constraint venue_sync_status_is_known check (sync_status in ('pending', 'syncing', 'success', 'error')),
  last_sync       timestamptz,
  last_sync_error text,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  constraint venue_has_both_coordinates_or_none check ((latitude is null) = (longitude is null)),
  constraint ticketmaster_id_names_one_venue unique (ticketmaster_id),
  constraint setlistfm_id_names_one_venue unique (setlistfm_id)
);
create index venues_by_city on venues (lower(city), id);
create index venues_by_parent on venues (parent_id) where parent_id is not null;

create table shows (
  id                  uuid primary key,
  name                text not null constraint show_name_has_1_to_10000_characters check (length(name) between 1 and 10000),
  venue_id            uuid references venues (id) on delete set null,
  headliner_id        uuid references artists (id) on delete set null,
  local_date          date,
  local_time          time,
  starts_at           timestamptz,
  timezone            text constraint show_timezone_has_at_most_60_characters check (length(timezone) <= 60),
  status              text not null constraint show_status_is_known
                        check (status in ('scheduled', 'on_sale', 'off_sale', 'postponed', 'rescheduled', 'cancelled', 'gone')),
  url                 text constraint show_url_has_at_most_4000_characters check (length(url) <= 4000),
  price_min           numeric constraint show_price_min_is_not_negative check (price_min >= 0),
  price_max           numeric,
  currency            text constraint show_currency_has_3_capitals check (currency ~ '^[A-Z]{3}$'),
  ticketmaster_id     text collate "C" constraint show_ticketmaster_id_has_at_most_100_characters check (length(ticketmaster_id) <= 100),
  setlistfm_id        text collate "C" constraint show_setlistfm_id_has_at_most_100_characters check (length(setlistfm_id) <= 100),
  bandsintown_id      text collate "C" constraint show_bandsintown_id_has_at_most_100_characters check (length(bandsintown_id) <= 100),
  setlist_suggestions jsonb,
  sync_status         text not null default 'pending' constraint show_sync_status_is_known check (sync_status in ('pending', 'syncing', 'success', 'error')),
  last_sync           timestamptz,
  last_sync_error     text,
  created_at          timestamptz not null default now(),
  updated_at          timestamptz not null default now(),
  constraint show_time_needs_a_date check (local_time is null or local_date is not null),
  constraint show_prices_are_ordered check (price_min <= price_max),
  constraint ticketmaster_id_names_one_show unique (ticketmaster_id),
  constraint setlistfm_id_names_one_show unique (setlistfm_id),
  constraint bandsintown_id_names_one_show unique (bandsintown_id)
);
create index shows_by_date on shows (local_date, id);
create index shows_by_venue on shows (venue_id, local_date);
create index shows_by_headliner on shows (headliner_id, local_date);

create table show_artists (
  show_id   uuid not null references shows (id) on delete cascade,
  artist_id uuid not null references artists (id) on delete cascade,
  position  integer not null constraint line_up_position_starts_at_0_the_headliner check (position >= 0),
  constraint artist_is_once_in_a_line_up primary key (show_id, artist_id)
);
create index show_artists_by_artist on show_artists (artist_id, show_id);

create table songs (
  id               uuid primary key,
  artist_id        uuid not null references artists (id) on delete cascade,
  title            text not null constraint song_title_has_1_to_2000_characters check (length(title) between 1 and 2000),
  normalized_title text not null constraint song_key_has_1_to_2000_characters check (length(normalized_title) between 1 and 2000),
  cover_of         uuid references artists (id) on delete set null,
  spotify_id       text constraint song_spotify_id_has_22_characters check (spotify_id ~ '^[0-9A-Za-z]{22}$'),
  isrc             text constraint song_isrc_has_12_characters check (isrc ~ '^[A-Z0-9]{12}$'),
  duration_ms      integer constraint song_duration_is_positive check (duration_ms > 0),
  popularity       integer constraint song_popularity_is_0_to_100 check (popularity between 0 and 100),
  album            text constraint song_album_has_at_most_2000_characters check (length(album) <= 2000),
  released_on      date,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  constraint artist_has_a_song_once unique (artist_id, normalized_title)
);
create index songs_by_cover on songs (cover_of) where cover_of is not null;

create table setlists (
  id         uuid primary key,
  show_id    uuid not null references shows (id) on delete cascade,
  kind       text not null constraint setlist_is_predicted_or_played check (kind in ('predicted', 'played')),
  known      boolean not null default true,
  source     text,
  source_url text constraint setlist_source_url_has_at_most_4000_characters check (length(source_url) <= 4000),
  created_at timestamptz not null default now(),
  constraint show_has_one_setlist_of_a_kind unique (show_id, kind)
);

create table setlist_songs (
  id         uuid primary key,
  setlist_id uuid not null references setlists (id) on delete cascade,
  song_id    uuid not null references songs (id) on delete cascade,
  position   integer not null constraint setlist_position_starts_at_0 check (position >= 0),
  set_name   text constraint set_name_has_at_most_200_characters check (length(set_name) <= 200),
  encore     integer constraint encore_number_starts_at_1 check (encore >= 1),
  tape       boolean not null default false,
  suggested  boolean not null default false,
  votes      integer not null default 0 constraint votes_are_never_negative check (votes >= 0),
  constraint setlist_position_is_taken_once unique (setlist_id, position)
);
create index setlist_songs_by_song on setlist_songs (song_id);

create table users (
  id         uuid primary key,
  created_at timestamptz not null default now()
);

create table user_votes (
  user_id         uuid not null references users (id) on delete cascade,
  setlist_song_id uuid not null references setlist_songs (id) on delete cascade,
  created_at      timestamptz not null default now(),
  constraint votes_once_per_user_and_song primary key (user_id, setlist_song_id)
);
create index user_votes_by_song on user_votes (setlist_song_id);
