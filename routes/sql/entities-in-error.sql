-- Entities whose last sync failed, the longest ago first, so many at once.
select x.kind, cast(x.id as text) as id
from (
  select 'artist' as kind, id, last_sync from artists where sync_status = 'error'
  union all select 'venue', id, last_sync from venues where sync_status = 'error'
  union all select 'show', id, last_sync from shows where sync_status = 'error'
) x
where cast(:?${exchangeProperty.entityType} as text) is null or x.kind = :?${exchangeProperty.entityType}
order by x.last_sync nulls first, x.id
limit 1000
