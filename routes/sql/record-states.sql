-- The states of the records of a batch as they stand.
select r.record_kind as kind, r.source_id as id, r.state, r.error
from unnest(cast(:?kinds as text[]), cast(:?ids as text[])) as n (kind, id)
cross join lateral (
  select x.record_kind, x.source_id, x.state, x.error from source_records x
  where x.source = :?${exchangeProperty.source} and x.record_kind = n.kind and x.source_id = n.id
  limit 1
) r
