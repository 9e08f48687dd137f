-- One venue, as one JSON document.
select cast(json_build_object(
    'id', v.id, 'name', v.name, 'address', v.address, 'postalCode', v.postal_code, 'city', v.city,
    'state', v.state, 'stateCode', v.state_code, 'country', v.country, 'countryCode', v.country_code,
    'latitude', v.latitude, 'longitude', v.longitude, 'timezone', v.timezone, 'capacity', v.capacity, 'parentId', v.parent_id,
    'ticketmasterId', v.ticketmaster_id, 'setlistfmId', v.setlistfm_id,
    'lastSync', v.last_sync,
    'asOf', last_contact((
      select array_agg(distinct l.source) from source_links l where l.entity_kind = 'venue' and l.entity_id = v.id))) as text) as document
from venues v
where v.id = cast(:?id as uuid)
