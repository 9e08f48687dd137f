-- The entities that records belong to already; and, of artists, the key of the record's own name (n:, see BlockingKeys).
select n.kind as entity_kind, n.source, n.id as source_id, cast(known.entity_id as text) as entity_id,
  case n.kind when 'artist' then (
    select substr(k.key, 3) from identity_keys k
    where k.entity_kind = 'artist' and k.source = n.source and k.source_id = n.id and k.key like 'n:%'
    limit 1) end as name
from unnest(cast(:?entity_kinds as text[]), cast(:?sources as text[]), cast(:?ids as text[])) as n (kind, source, id)
cross join lateral (
  select l.entity_id
  from source_links l
  where l.entity_kind = n.kind and l.source = n.source and l.source_id = n.id
  limit 1
) known
