-- Tracks as Spotify found them, each with its song of the catalogue where a recording of it is there.
select cast(json_build_object('items', coalesce(json_agg(json_build_object(
    'spotifyId', f."spotifyId", 'title', f.title, 'artist', f.artist, 'album', f.album, 'durationMs', cast(f."durationMs" as bigint),
    'popularity', cast(f.popularity as integer), 'songId', r.song_id) order by f.n), '[]')) as text) as document
from json_to_recordset(cast(:?found as json)) as f (n numeric, "spotifyId" text, title text, artist text, album text, "durationMs" numeric, popularity numeric)
left join song_recordings r on r.source = 'spotify' and r.source_id = f."spotifyId"
