-- The entities that records belong to already; and, where it is asked for, the key of an artist record's own name (n:, see
-- BlockingKeys).
select n.kind as entity_kind, n.source, n.id as source_id, cast(known.entity_id as text) as entity_id,
  case when n.named then (
    select substr(k.key, 3) from identity_keys k
    where k.entity_kind = 'artist' and k.source = n.source and k.source_id = n.id and k.key like 'n:%'
    limit 1) end as name
from unnest(cast(:?entity_kinds as text[]), cast(:?sources as text[]), cast(:?ids as text[]),
  cast(:?named as boolean[])) as n (kind, source, id, named)
cross join lateral (
  select l.entity_id
  from source_links l
  where l.entity_kind = n.kind and l.source = n.source and l.source_id = n.id
  limit 1
) known
