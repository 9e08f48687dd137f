-- Shows of a batch; a row is touched only where a value differs. What is gone stays so until it is listed again (listed-again.sql).
insert into shows as s (id, name, venue_id, headliner_id, local_date, local_time, starts_at, timezone, status, url,
  price_min, price_max, currency, ticketmaster_id, setlistfm_id, bandsintown_id, tour_id, run_id, sync_status, last_sync)
select r.id, r.name, r.venue_id, r.headliner_id, r.local_date, r.local_time, r.starts_at, r.timezone, coalesce(gone.status, r.status), r.url,
  r.price_min, r.price_max, r.currency, r.ticketmaster_id, r.setlistfm_id, r.bandsintown_id, t.id, r.run_id, 'success', now()
from json_to_recordset(cast(:?shows as json)) as r (id uuid, name text, venue_id uuid, headliner_id uuid,
  local_date date, local_time time, starts_at timestamptz, timezone text, status text, url text, price_min numeric,
  price_max numeric, currency text, ticketmaster_id text, setlistfm_id text, bandsintown_id text, tour text, run_id uuid)
left join lateral (
  select x.id from tours x where x.artist_id = r.headliner_id and md5(lower(x.name)) = md5(lower(r.tour)) limit 1
) t on r.tour is not null
left join lateral (
  select 'gone' as status from gone_shows g
  where g.show_id = r.id
    and not exists (select 1 from field_overrides o where o.entity_kind = 'show' and o.entity_id = r.id and o.field = 'status')
  limit 1
) gone on true
order by r.id
on conflict (id) do update
set name = excluded.name, venue_id = excluded.venue_id, headliner_id = excluded.headliner_id,
  local_date = excluded.local_date, local_time = excluded.local_time, starts_at = excluded.starts_at,
  timezone = excluded.timezone, status = excluded.status, url = excluded.url, price_min = excluded.price_min,
  price_max = excluded.price_max, currency = excluded.currency, ticketmaster_id = excluded.ticketmaster_id,
  setlistfm_id = excluded.setlistfm_id, bandsintown_id = excluded.bandsintown_id, tour_id = excluded.tour_id, run_id = excluded.run_id,
  sync_status = 'success', last_sync = now(), last_sync_error = null, updated_at = now()
where (s.name, s.venue_id, s.headliner_id, s.local_date, s.local_time, s.starts_at, s.timezone, s.status, s.url,
    s.price_min, s.price_max, s.currency, s.ticketmaster_id, s.setlistfm_id, s.bandsintown_id, s.tour_id)
  is distinct from (excluded.name, excluded.venue_id, excluded.headliner_id, excluded.local_date,
    excluded.local_time, excluded.starts_at, excluded.timezone, excluded.status, excluded.url, excluded.price_min,
    excluded.price_max, excluded.currency, excluded.ticketmaster_id, excluded.setlistfm_id, excluded.bandsintown_id, excluded.tour_id)
