-- The entities that the records of a batch, and the records they name, belong to already.
select n.kind as entity_kind, n.id as source_id, cast(known.entity_id as text) as entity_id
from unnest(cast(:?entity_kinds as text[]), cast(:?source_ids as text[])) as n (kind, id)
cross join lateral (
  select l.entity_id
  from source_links l
  where l.entity_kind = n.kind and l.source = :?${exchangeProperty.source} and l.source_id = n.id
  limit 1
) known
