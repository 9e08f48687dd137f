-- What a song is, its recordings in the order in which derive-songs.sql looks for the one that is shown, and where it was played.
select s.id, s.title, s.source, s.isrc, s.duration_ms as "durationMs", s.album, s.released_on as "releasedOn", s.popularity,
  json_build_object('id', a.id, 'name', a.name) as artist,
  (select c.name from artists c where c.id = s.cover_of) as "coverOf",
  (select coalesce(json_agg(json_build_object('source', r.source, 'id', r.source_id, 'title', r.title, 'kind', r.kind,
      'score', r.score, 'album', r.album, 'albumType', r.album_type, 'releasedOn', r.released_on, 'isrc', r.isrc,
      'durationMs', r.duration_ms, 'popularity', r.popularity, 'shown', r.place = 1 and r.display) order by r.place), '[]')
    from (
      select x.*, x.kind in ('studio', 'reissue') as display, row_number() over (order by x.kind in ('studio', 'reissue') desc,
        (x.kind = 'studio') desc, x.released_on nulls last,
        array_position(array['album', 'single', 'compilation'], x.album_type) nulls last, x.source, x.source_id) as place
      from song_recordings x where x.song_id = s.id) r) as recordings,
  (select count(distinct l.show_id) from setlist_songs e join setlists l on l.id = e.setlist_id
    where e.song_id = s.id and l.kind = 'played') as played
from songs s
join artists a on a.id = s.artist_id
where s.id = cast(:?entity as uuid)
