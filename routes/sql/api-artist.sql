-- One artist, as one JSON document.
select cast(json_build_object(
    'id', a.id, 'name', a.name, 'genres', a.genres, 'popularity', a.popularity, 'imageUrl', a.image_url,
    'mbid', a.mbid, 'spotifyId', a.spotify_id, 'ticketmasterId', a.ticketmaster_id, 'bandsintownId', a.bandsintown_id,
    'lastSync', a.last_sync,
    'asOf', last_contact((
      select array_agg(distinct l.source) from source_links l where l.entity_kind = 'artist' and l.entity_id = a.id))) as text) as document
from artists a
where a.id = cast(:?id as uuid)
