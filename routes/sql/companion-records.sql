-- Raw records that a batch needs beside its own: parents it names that were never applied, and the others of the entities it
-- touches. Rejected and dead ones have nothing to say; neither have, for a record that failed with them, those that are
-- still to be applied: one of these may be what it failed for.
select r.record_kind as kind, r.source_id as id, r.source, r.fingerprint, r.raw
from unnest(cast(:?sources as text[]), cast(:?kinds as text[]), cast(:?ids as text[])) as n (source, kind, id)
cross join lateral (
  select x.* from source_records x
  where x.source = n.source and x.record_kind = n.kind and x.source_id = n.id
    and x.state not in ('rejected', 'dead') and length(x.raw) > 0   -- one that was removed on request has no body
    and (x.state <> 'landed' or cast(:?${exchangeProperty.alone} as boolean) is not true)
  limit 1
) r
