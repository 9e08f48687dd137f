-- The ids at Ticketmaster of the venue or the show of a task, which is given by its id in the catalogue.
select l.source_id as id
from (
  select 'venue' as kind, v.id from venues v where v.id = (select case when x.id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then cast(x.id as uuid) end from (select cast(:?venue as text) as id) x)
  union all
  select 'show', s.id from shows s where s.id = (select case when x.id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then cast(x.id as uuid) end from (select cast(:?show as text) as id) x)
) e
join source_links l on l.entity_kind = e.kind and l.source = 'ticketmaster' and l.entity_id = e.id
order by l.source_id
