-- The ids at Ticketmaster of the artist of a task, who is given by the id in the catalogue.
select l.source_id as id
from artists a
join source_links l on l.entity_kind = 'artist' and l.source = 'ticketmaster' and l.entity_id = a.id
where a.id = (select case when x.id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then cast(x.id as uuid) end from (select cast(:?artist as text) as id) x)
order by l.source_id
