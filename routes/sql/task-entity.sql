-- Whether the catalogue holds the entity that a task is about; no row where it does not.
select e.kind as entity
from (select 'artist' as kind, id from artists union all select 'venue', id from venues union all select 'show', id from shows) e
where e.kind = :?${exchangeProperty.entityType} and e.id = (select case when x.id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then cast(x.id as uuid) end from (select cast(:?${exchangeProperty.entityId} as text) as id) x)
