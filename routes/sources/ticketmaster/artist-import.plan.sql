-- The ids at Ticketmaster of the artist of a task, who is given by the id in the catalogue.
select l.source_id as id
from artists a
join source_links l on l.entity_kind = 'artist' and l.source = 'ticketmaster' and l.entity_id = a.id
where cast(a.id as text) = lower(cast(:?artist as text))
order by l.source_id
