-- Artists of a batch; a row is touched only where a value differs.
insert into artists as a (id, name, sort_name, mbid, spotify_id, ticketmaster_id, bandsintown_id, image_url, genres, popularity, sync_status, last_sync)
select r.id, r.name, r.sort_name, r.mbid, r.spotify_id, r.ticketmaster_id, r.bandsintown_id, r.image_url,
  coalesce(r.genres, '{}'), r.popularity, 'success', now()
from json_to_recordset(cast(:?artists as json)) as r (id uuid, name text, sort_name text, mbid text, spotify_id text,
  ticketmaster_id text, bandsintown_id text, image_url text, genres text[], popularity integer)
order by r.id
on conflict (id) do update
set name = excluded.name, sort_name = excluded.sort_name, mbid = excluded.mbid, spotify_id = excluded.spotify_id,
  ticketmaster_id = excluded.ticketmaster_id, bandsintown_id = excluded.bandsintown_id,
  image_url = excluded.image_url, genres = excluded.genres, popularity = excluded.popularity,
  sync_status = 'success', last_sync = now(), last_sync_error = null, updated_at = now()
where (a.name, a.sort_name, a.mbid, a.spotify_id, a.ticketmaster_id, a.bandsintown_id, a.image_url, a.genres, a.popularity)
  is distinct from (excluded.name, excluded.sort_name, excluded.mbid, excluded.spotify_id, excluded.ticketmaster_id,
    excluded.bandsintown_id, excluded.image_url, excluded.genres, excluded.popularity)
