-- Takes the records of a batch that are still to be applied in just this version: positions from 1.
select n.i, cast(held.run_id as text) as run
from unnest(cast(:?sources as text[]), cast(:?kinds as text[]), cast(:?ids as text[]), cast(:?fingerprints as bytea[]))
  with ordinality as n (source, kind, id, fingerprint, i)
cross join lateral (
  select r.fingerprint, r.run_id
  from source_records r
  where r.source = n.source and r.record_kind = n.kind and r.source_id = n.id
    and r.state = 'landed'
  limit 1
  for update skip locked
) held
where held.fingerprint = n.fingerprint
order by n.i
