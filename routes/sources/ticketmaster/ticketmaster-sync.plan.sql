-- The ids at Ticketmaster of the venue or the show of a task, which is given by its id in the catalogue.
select l.source_id as id
from (
  select 'venue' as kind, v.id from venues v where cast(v.id as text) = lower(cast(:?venue as text))
  union all
  select 'show', s.id from shows s where cast(s.id as text) = lower(cast(:?show as text))
) e
join source_links l on l.entity_kind = e.kind and l.source = 'ticketmaster' and l.entity_id = e.id
order by l.source_id
