-- What people said of pairs among some records.
select v.left_source, v.left_id, v.right_source, v.right_id, v.same, v.keeps
from unnest(cast(:?sources as text[]), cast(:?ids as text[])) as n (source, id)
cross join lateral (
  select x.left_source, x.left_id, x.right_source, x.right_id, x.same, x.keeps from verdicts x
  where x.entity_kind = :?${exchangeProperty.entityKind} and x.left_source = n.source and x.left_id = n.id
  offset 0
) v
