-- Venues of a batch; a row is touched only where a value differs.
insert into venues as v (id, name, city, state, state_code, country, country_code, address, postal_code,
  latitude, longitude, timezone, capacity, ticketmaster_id, setlistfm_id, sync_status, last_sync)
select r.id, r.name, r.city, r.state, r.state_code, r.country, r.country_code, r.address, r.postal_code,
  r.latitude, r.longitude, r.timezone, r.capacity, r.ticketmaster_id, r.setlistfm_id, 'success', now()
from json_to_recordset(cast(:?venues as json)) as r (id uuid, name text, city text, state text, state_code text,
  country text, country_code text, address text, postal_code text, latitude double precision,
  longitude double precision, timezone text, capacity integer, ticketmaster_id text, setlistfm_id text)
order by r.id
on conflict (id) do update
set name = excluded.name, city = excluded.city, state = excluded.state, state_code = excluded.state_code,
  country = excluded.country, country_code = excluded.country_code, address = excluded.address,
  postal_code = excluded.postal_code, latitude = excluded.latitude, longitude = excluded.longitude,
  timezone = excluded.timezone, capacity = excluded.capacity, ticketmaster_id = excluded.ticketmaster_id, setlistfm_id = excluded.setlistfm_id,
  sync_status = 'success', last_sync = now(), last_sync_error = null, updated_at = now()
where (v.name, v.city, v.state, v.state_code, v.country, v.country_code, v.address, v.postal_code,
    v.latitude, v.longitude, v.timezone, v.capacity, v.ticketmaster_id, v.setlistfm_id)
  is distinct from (excluded.name, excluded.city, excluded.state, excluded.state_code, excluded.country,
    excluded.country_code, excluded.address, excluded.postal_code, excluded.latitude, excluded.longitude,
    excluded.timezone, excluded.capacity, excluded.ticketmaster_id, excluded.setlistfm_id)
