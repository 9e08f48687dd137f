-- Events as Ticketmaster found them, each with its show of the catalogue where it is there.
select cast(json_build_object('items', coalesce(json_agg(json_build_object(
    'ticketmasterId', f."ticketmasterId", 'name', f.name, 'localDate', f."localDate", 'venue', f.venue, 'city', f.city,
    'countryCode', f."countryCode", 'url', f.url, 'showId', l.entity_id) order by f.n), '[]')) as text) as document
from json_to_recordset(cast(:?found as json)) as f (n numeric, "ticketmasterId" text, name text, "localDate" text, venue text, city text,
  "countryCode" text, url text)
left join source_links l on l.entity_kind = 'show' and l.source = 'ticketmaster' and l.source_id = f."ticketmasterId"
