-- What a source serves us and what it does not, as its answers showed, and when an artist was last asked for.

create table source_features (
  source   text not null,
  feature  text not null,
  served   boolean not null,
  noted_at timestamptz not null default now(),
  constraint source_has_a_feature_once primary key (source, feature)
);

create table artist_syncs (
  artist_id uuid not null references artists (id) on delete cascade,
  source    text not null,
  what      text not null constraint artist_sync_says_of_what check (length(what) between 1 and 100),
  synced_at timestamptz not null,
  constraint artist_is_synced_once_of_a_kind primary key (artist_id, source, what)
);
