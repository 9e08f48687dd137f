-- The records that belong to some venues and artists.
select n.kind as entity_kind, n.entity as entity_id, l.source, l.source_id
from unnest(cast(:?entity_kinds as text[]), cast(:?entities as text[])) as n (kind, entity)
cross join lateral (
  select x.source, x.source_id from source_links x
  where x.entity_kind = n.kind and x.entity_id = cast(n.entity as uuid)
  offset 0
) l
