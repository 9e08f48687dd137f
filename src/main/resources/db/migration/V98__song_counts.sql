-- What the catalogue holds of some artists (S88). tracks = totalSongs + deduplicatedTracks + skippedLiveTracks + songsOverLimit:
-- recordings that are shown, others of the same song, those that are never shown, and songs beyond songs.per-artist.
create function song_counts(artists uuid[]) returns table ("tracks" bigint, "totalSongs" bigint, "totalAlbums" bigint,
  "skippedLiveTracks" bigint, "deduplicatedTracks" bigint, "songsOverLimit" bigint) language sql stable as $$
  with recordings as (
    select r.artist_id, r.title_key, r.song_id, r.album, r.album_type, r.released_on, r.kind in ('studio', 'reissue') as display
    from song_recordings r
    where r.artist_id = any (artists)
  ), titles as (
    select r.artist_id, r.title_key, bool_or(r.song_id is not null) as kept, count(*) as tracks
    from recordings r
    where r.display
    group by r.artist_id, r.title_key
  )
  select (select count(*) from recordings),
    (select count(*) from titles where kept),
    (select count(distinct (artist_id, album, album_type, released_on)) from recordings where album is not null),
    (select count(*) from recordings where not display),
    (select cast(coalesce(sum(t.tracks - 1), 0) as bigint) from titles t),
    (select count(*) from titles where not kept)
$$;
