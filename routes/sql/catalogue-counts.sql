-- What the catalogue of an artist holds (S88). tracks = totalSongs + deduplicatedTracks + skippedLiveTracks + songsOverLimit:
-- recordings that are shown, others of the same song, those that are never shown, and songs beyond songs.per-artist.
with recordings as (
  select r.title_key, r.song_id, r.album, r.album_type, r.released_on, r.kind in ('studio', 'reissue') as display
  from song_recordings r
  where r.artist_id = cast(:?artist_id as uuid)
), titles as (
  select r.title_key, bool_or(r.song_id is not null) as kept, count(*) as tracks
  from recordings r
  where r.display
  group by r.title_key
)
select (select count(*) from recordings) as "tracks",
  (select count(*) from titles where kept) as "totalSongs",
  (select count(distinct (album, album_type, released_on)) from recordings where album is not null) as "totalAlbums",
  (select count(*) from recordings where not display) as "skippedLiveTracks",
  (select coalesce(sum(tracks - 1), 0) from titles) as "deduplicatedTracks",
  (select count(*) from titles where not kept) as "songsOverLimit"
