-- Artists as Spotify found them, each with its id in the catalogue where it is there.
select cast(json_build_object('items', coalesce(json_agg(json_build_object(
    'spotifyId', f."spotifyId", 'name', f.name, 'genres', f.genres, 'imageUrl', f."imageUrl", 'popularity', cast(f.popularity as integer),
    'artistId', l.entity_id) order by f.n), '[]')) as text) as document
from json_to_recordset(cast(:?found as json)) as f (n numeric, "spotifyId" text, name text, genres json, "imageUrl" text, popularity numeric)
left join source_links l on l.entity_kind = 'artist' and l.source = 'spotify' and l.source_id = f."spotifyId"
