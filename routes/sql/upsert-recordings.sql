-- Recordings of a batch; a row is touched only where a value differs. What a source told once and leaves out in another
-- answer (a track within its album has no ISRC and no popularity) stays as it was.
insert into song_recordings as r (id, artist_id, source, source_id, title, song_title, title_key, kind, score, isrc,
  duration_ms, album, album_type, released_on, popularity)
select gen_random_uuid(), n.artist_id, n.source, n.source_id, n.title, n.song_title, n.title_key, n.kind, n.score, n.isrc,
  n.duration_ms, n.album, n.album_type, n.released_on, n.popularity
from json_to_recordset(cast(:?recordings as json)) as n (artist_id uuid, source text, source_id text, title text,
  song_title text, title_key text, kind text, score double precision, isrc text, duration_ms integer, album text,
  album_type text, released_on date, popularity integer)
order by n.source, n.source_id
on conflict (source, source_id) do update
set artist_id = excluded.artist_id, title = excluded.title, song_title = excluded.song_title,
  title_key = excluded.title_key,
  kind = case when excluded.album is null and r.album is not null then r.kind else excluded.kind end,
  score = case when excluded.album is null and r.album is not null then r.score else excluded.score end,
  isrc = coalesce(excluded.isrc, r.isrc), duration_ms = coalesce(excluded.duration_ms, r.duration_ms),
  album = coalesce(excluded.album, r.album), album_type = coalesce(excluded.album_type, r.album_type),
  released_on = coalesce(excluded.released_on, r.released_on),
  popularity = coalesce(excluded.popularity, r.popularity), updated_at = now()
where (r.artist_id, r.title, r.song_title, r.title_key, r.kind, r.score, r.isrc, r.duration_ms, r.album, r.album_type,
    r.released_on, r.popularity)
  is distinct from (excluded.artist_id, excluded.title, excluded.song_title, excluded.title_key, excluded.kind,
    excluded.score, coalesce(excluded.isrc, r.isrc), coalesce(excluded.duration_ms, r.duration_ms),
    coalesce(excluded.album, r.album), coalesce(excluded.album_type, r.album_type),
    coalesce(excluded.released_on, r.released_on), coalesce(excluded.popularity, r.popularity))
