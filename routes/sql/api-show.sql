-- One show with its venue and line-up, as one JSON document.
select cast(json_build_object(
    'id', s.id, 'name', s.name, 'status', s.status, 'localDate', s.local_date, 'localTime', s.local_time,
    'startsAt', s.starts_at, 'timezone', s.timezone, 'url', s.url,
    'priceMin', s.price_min, 'priceMax', s.price_max, 'currency', s.currency,
    'ticketmasterId', s.ticketmaster_id, 'setlistfmId', s.setlistfm_id, 'bandsintownId', s.bandsintown_id,
    'venue', case when v.id is not null then json_build_object(
      'id', v.id, 'name', v.name, 'city', v.city, 'stateCode', v.state_code, 'countryCode', v.country_code,
      'address', v.address, 'latitude', v.latitude, 'longitude', v.longitude) end,
    'artists', (
      select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'imageUrl', a.image_url) order by sa.position, a.id), '[]')
      from show_artists sa join artists a on a.id = sa.artist_id where sa.show_id = s.id),
    'lastSync', s.last_sync,
    'asOf', last_contact((
      select array_agg(distinct l.source) from source_links l where l.entity_kind = 'show' and l.entity_id = s.id))) as text) as document
from shows s
left join venues v on v.id = s.venue_id
where s.id = cast(:?id as uuid)
