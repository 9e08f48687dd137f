-- Artists of a batch; a row is touched only where a value differs. An id that two of them claim, since a person said that
-- they are two, is that of the one who has it already, else of the first.
with listed as (
  select r.*, a.mbid is not distinct from r.mbid as has_mbid, a.spotify_id is not distinct from r.spotify_id as has_spotify
  from json_to_recordset(cast(:?artists as json)) as r (id uuid, name text, sort_name text, mbid text, spotify_id text,
    ticketmaster_id text, bandsintown_id text, image_url text, genres text[], popularity integer)
  left join artists a on a.id = r.id
), claimed as (
  select l.*, row_number() over (partition by l.mbid order by l.has_mbid desc, l.id) as mbid_claim,
    row_number() over (partition by l.spotify_id order by l.has_spotify desc, l.id) as spotify_claim,
    exists (select 1 from artists x where x.mbid = l.mbid and not exists (select 1 from listed o where o.id = x.id)) as mbid_taken,
    exists (select 1 from artists x where x.spotify_id = l.spotify_id and not exists (select 1 from listed o where o.id = x.id)) as spotify_taken
  from listed l
)
insert into artists as a (id, name, sort_name, mbid, spotify_id, ticketmaster_id, bandsintown_id, image_url, genres, popularity, sync_status, last_sync)
select r.id, r.name, r.sort_name, case when r.mbid_claim = 1 and not r.mbid_taken then r.mbid end,
  case when r.spotify_claim = 1 and not r.spotify_taken then r.spotify_id end, r.ticketmaster_id, r.bandsintown_id, r.image_url,
  coalesce(r.genres, '{}'), r.popularity, 'success', now()
from claimed r
order by r.id
on conflict (id) do update
set name = excluded.name, sort_name = excluded.sort_name, mbid = excluded.mbid, spotify_id = excluded.spotify_id,
  ticketmaster_id = excluded.ticketmaster_id, bandsintown_id = excluded.bandsintown_id,
  image_url = excluded.image_url, genres = excluded.genres, popularity = excluded.popularity,
  sync_status = 'success', last_sync = now(), last_sync_error = null, updated_at = now()
where (a.name, a.sort_name, a.mbid, a.spotify_id, a.ticketmaster_id, a.bandsintown_id, a.image_url, a.genres, a.popularity)
  is distinct from (excluded.name, excluded.sort_name, excluded.mbid, excluded.spotify_id, excluded.ticketmaster_id,
    excluded.bandsintown_id, excluded.image_url, excluded.genres, excluded.popularity)
