-- Songs of some artists, worked out from all their recordings: one for each key that has a recording which may be shown,
-- the most popular ones up to songs.per-artist, and those that a setlist names. Whatever order recordings came in, the
-- songs are the same. A row is touched only where a value differs. An artist who lost a recording to another one is worked
-- out with it; a song that a setlist names and no recording may be shown for stays, without what a recording told.
with wanted as (
  select a.id from unnest(cast(:?artist_ids as uuid[])) as a (id)
  union
  select s.artist_id from song_recordings r join songs s on s.id = r.song_id
  where r.artist_id = any (cast(:?artist_ids as uuid[])) and s.artist_id <> r.artist_id
), recordings as (
  select r.*, r.kind in ('studio', 'reissue') as display
  from song_recordings r join wanted w on w.id = r.artist_id
), displayed as (
  select distinct on (r.artist_id, r.title_key) r.artist_id, r.title_key, r.song_title, r.source, r.source_id, r.isrc,
    r.duration_ms, r.album, r.released_on
  from recordings r
  where r.display
  order by r.artist_id, r.title_key, (r.kind = 'studio') desc, r.released_on nulls last,
    array_position(array['album', 'single', 'compilation'], r.album_type) nulls last, r.source, r.source_id
), known as (
  select r.artist_id, r.title_key, max(r.popularity) filter (where r.display) as popularity,
    count(distinct (r.album, r.released_on)) as releases
  from recordings r
  group by r.artist_id, r.title_key
), ranked as (
  select d.*, k.popularity, row_number() over (partition by d.artist_id
    order by k.popularity desc nulls last, k.releases desc, d.released_on nulls last, d.title_key collate "C") as place
  from displayed d join known k on k.artist_id = d.artist_id and k.title_key = d.title_key
), present as (
  select s.id, s.artist_id, s.normalized_title,
    exists (select 1 from setlist_songs l where l.song_id = s.id) as named
  from songs s join wanted w on w.id = s.artist_id
), kept as materialized (
  select coalesce(p.id, gen_random_uuid()) as id, r.artist_id, r.title_key, r.song_title, r.isrc, r.duration_ms, r.album,
    r.released_on, r.popularity, case when r.source = 'spotify' then r.source_id end as spotify_id
  from ranked r left join present p on p.artist_id = r.artist_id and p.normalized_title = r.title_key
  where r.place <= cast(:?${properties:songs.per-artist} as integer) or p.named
), written as (
  insert into songs as s (id, artist_id, title, normalized_title, spotify_id, isrc, duration_ms, popularity, album,
    released_on, source)
  select k.id, k.artist_id, k.song_title, k.title_key, k.spotify_id, k.isrc, k.duration_ms, k.popularity, k.album,
    k.released_on, 'catalogue'
  from kept k
  order by k.id
  on conflict (artist_id, normalized_title) do update
  set title = excluded.title, spotify_id = excluded.spotify_id, isrc = excluded.isrc, duration_ms = excluded.duration_ms,
    popularity = excluded.popularity, album = excluded.album, released_on = excluded.released_on, source = 'catalogue',
    updated_at = now()
  where (s.title, s.spotify_id, s.isrc, s.duration_ms, s.popularity, s.album, s.released_on, s.source)
    is distinct from (excluded.title, excluded.spotify_id, excluded.isrc, excluded.duration_ms, excluded.popularity,
      excluded.album, excluded.released_on, 'catalogue')
), emptied as (
  update songs s
  set title = coalesce((select min(l.title collate "C") from setlist_songs l where l.song_id = s.id), s.title), spotify_id = null, isrc = null,
    duration_ms = null, popularity = null, album = null, released_on = null, source = 'setlist', updated_at = now()
  from present p
  where s.id = p.id and p.named and not exists (select 1 from kept k where k.id = p.id) and s.source <> 'setlist'
), gone as (
  delete from songs s using present p
  where s.id = p.id and not p.named and not exists (select 1 from kept k where k.id = p.id)
), songs_by_key as (
  select k.artist_id, k.title_key, k.id from kept k
  union
  select p.artist_id, p.normalized_title, p.id from present p where p.named
)
update song_recordings r
set song_id = s.id, updated_at = now()
from recordings o left join songs_by_key s on s.artist_id = o.artist_id and s.title_key = o.title_key
where r.id = o.id and r.song_id is distinct from s.id
