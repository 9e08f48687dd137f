-- Whether the catalogue holds the entity that a task is about; no row where it does not.
select e.kind as entity
from (select 'artist' as kind, id from artists union all select 'venue', id from venues union all select 'show', id from shows) e
where e.kind = :?${exchangeProperty.entityType} and cast(e.id as text) = lower(cast(:?${exchangeProperty.entityId} as text))
