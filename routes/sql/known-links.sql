-- The entities that records belong to already.
select n.kind as entity_kind, n.source, n.id as source_id, cast(known.entity_id as text) as entity_id
from unnest(cast(:?entity_kinds as text[]), cast(:?sources as text[]), cast(:?ids as text[])) as n (kind, source, id)
cross join lateral (
  select l.entity_id
  from source_links l
  where l.entity_kind = n.kind and l.source = n.source and l.source_id = n.id
  limit 1
) known
