-- The recordings of songs as catalogues list them; songs are worked out from them (routes/sql/derive-songs.sql).
create table song_recordings (
  id          uuid primary key,
  artist_id   uuid not null references artists (id) on delete cascade,
  song_id     uuid references songs (id) on delete set null, -- null: its song is not kept
  source      text collate "C" not null,
  source_id   text collate "C" not null constraint recording_source_id_has_1_to_100_characters check (length(source_id) between 1 and 100),
  title       text not null constraint recording_title_has_1_to_2000_characters check (length(title) between 1 and 2000),
  song_title  text not null constraint recording_song_title_has_1_to_2000_characters check (length(song_title) between 1 and 2000),
  title_key   text not null constraint recording_key_has_1_to_2000_characters check (length(title_key) between 1 and 2000),
  kind        text not null constraint recording_kind_is_known
                check (kind in ('studio', 'reissue', 'live', 'acoustic', 'demo', 'remix', 'edit', 'instrumental',
                  'karaoke', 'alternate', 'spoken')),
  score       double precision not null constraint recording_score_is_0_to_1 check (score between 0 and 1),
  isrc        text constraint recording_isrc_has_12_characters check (isrc ~ '^[A-Z0-9]{12}$'),
  duration_ms integer constraint recording_duration_is_positive check (duration_ms > 0),
  album       text constraint recording_album_has_at_most_2000_characters check (length(album) <= 2000),
  album_type  text constraint recording_album_type_is_known check (album_type in ('album', 'single', 'compilation')),
  released_on date,
  popularity  integer constraint recording_popularity_is_0_to_100 check (popularity between 0 and 100),
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  constraint source_names_a_recording_once unique (source, source_id)
);
create index song_recordings_by_artist on song_recordings (artist_id);
create index song_recordings_by_song on song_recordings (song_id) where song_id is not null;

-- What a setlist named stays, whatever a catalogue says of it.
alter table songs add column source text not null default 'setlist'
  constraint song_source_is_setlist_or_catalogue check (source in ('setlist', 'catalogue'));
