-- Records as they are stored, whatever their state.
select r.record_kind as kind, r.source_id as id, r.source, r.fingerprint, r.raw
from unnest(cast(:?sources as text[]), cast(:?kinds as text[]), cast(:?ids as text[])) as n (source, kind, id)
cross join lateral (
  select x.* from source_records x
  where x.source = n.source and x.record_kind = n.kind and x.source_id = n.id
  limit 1
) r
