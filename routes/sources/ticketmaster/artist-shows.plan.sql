-- The records at Ticketmaster of one artist, who is given by name or by id in the catalogue.
select l.source_id as id
from artists a
join source_links l on l.entity_kind = 'artist' and l.source = 'ticketmaster' and l.entity_id = a.id
where lower(trim(a.name)) = lower(trim(cast(:?artist as text))) or cast(a.id as text) = lower(cast(:?artist as text))
order by l.source_id
