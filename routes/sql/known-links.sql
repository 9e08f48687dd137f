-- The entities that records belong to already; and, where it is asked for, what their own records say that evidence on shows
-- reads: the key of an artist's name (n:), the key of a venue's city (c:country|city|word; see BlockingKeys).
select n.kind as entity_kind, n.source, n.id as source_id, cast(known.entity_id as text) as entity_id,
  case when n.told then (
    select case when n.kind = 'artist' then substr(k.key, 3) else substring(k.key from '^c:[^|]*[|](.*)[|][^|]*$') end
    from identity_keys k
    where k.entity_kind = n.kind and k.source = n.source and k.source_id = n.id
      and k.key like case when n.kind = 'artist' then 'n:%' else 'c:%' end
    limit 1) end as told
from unnest(cast(:?entity_kinds as text[]), cast(:?sources as text[]), cast(:?ids as text[]),
  cast(:?told as boolean[])) as n (kind, source, id, told)
cross join lateral (
  select l.entity_id
  from source_links l
  where l.entity_kind = n.kind and l.source = n.source and l.source_id = n.id
  limit 1
) known
