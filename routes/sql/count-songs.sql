-- What the catalogue holds of the artists whose songs a run asked for (S88), noted with its result.
-- tracks = totalSongs + deduplicatedTracks + skippedLiveTracks + songsOverLimit.
with asked as (
  select distinct cast(q.request #>> '{mark,artist}' as uuid) as artist
  from sync_requests q
  where q.run_id = cast(:?run as uuid) and q.request #>> '{mark,what}' = 'songs'
), recordings as (
  select r.artist_id, r.title_key, r.song_id, r.album, r.album_type, r.released_on, r.kind in ('studio', 'reissue') as display
  from asked a join song_recordings r on r.artist_id = a.artist
), titles as (
  select r.artist_id, r.title_key, bool_or(r.song_id is not null) as kept, count(*) as tracks
  from recordings r
  where r.display
  group by r.artist_id, r.title_key
)
update sync_jobs j
set result = j.result || jsonb_build_object('songs', jsonb_build_object(
  'artists', (select count(*) from asked),
  'tracks', (select count(*) from recordings),
  'totalSongs', (select count(*) from titles where kept),
  'totalAlbums', (select count(distinct (artist_id, album, album_type, released_on)) from recordings where album is not null),
  'skippedLiveTracks', (select count(*) from recordings where not display),
  'deduplicatedTracks', (select coalesce(sum(tracks - 1), 0) from titles),
  'songsOverLimit', (select count(*) from titles where not kept)))
where j.id = cast(:?run as uuid) and exists (select 1 from asked)
