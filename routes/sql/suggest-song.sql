-- A song that a visitor suggests, behind the others; one that is there already stays the one it is. A track of Spotify is the song
-- that its recording is of; where that was too unpopular to be kept it becomes one, and stays one because a setlist names it.
with recording as (
  select r.* from song_recordings r where r.source = 'spotify' and r.source_id = cast(:?track as text)
), made as (
  insert into songs (id, artist_id, title, normalized_title, spotify_id, isrc, duration_ms, popularity, album, released_on, source)
  select gen_random_uuid(), r.artist_id, r.song_title, r.title_key, r.source_id, r.isrc, r.duration_ms, r.popularity, r.album,
    r.released_on, 'catalogue'
  from recording r where r.song_id is null
  on conflict (artist_id, normalized_title) do nothing
  returning id
), song as (
  select coalesce(cast(:?song as uuid), (select song_id from recording), (select id from made),
    (select s.id from songs s join recording r on s.artist_id = r.artist_id and s.normalized_title = r.title_key)) as id
), there as (
  select e.id from setlist_songs e join song s on s.id = e.song_id
  where e.setlist_id = cast(:?id as uuid)
  order by e.position limit 1
), added as (
  insert into setlist_songs (id, setlist_id, song_id, position, suggested)
  select gen_random_uuid(), cast(:?id as uuid), s.id,
    coalesce((select max(e.position) + 1 from setlist_songs e where e.setlist_id = cast(:?id as uuid)), 0), true
  from song s
  where s.id is not null and not exists (select 1 from there)
  returning id
)
select cast(json_build_object('entryId', e.id, 'added', e.added) as text) as document
from (select id, false as added from there union all select id, true from added) as e
