-- The end states of a batch, each of just the version that was applied: a newer one stays landed.
update source_records r
set state = n.state, error = n.error, attempts = case when n.state = 'dead' then r.attempts + 1 else r.attempts end,
  held_back = false
from unnest(cast(:?marked_sources as text[]), cast(:?marked_kinds as text[]), cast(:?marked_ids as text[]),
  cast(:?marked_fingerprints as bytea[]), cast(:?states as text[]), cast(:?errors as text[]))
  as n (source, kind, id, fingerprint, state, error)
where r.source = n.source and r.record_kind = n.kind and r.source_id = n.id and r.fingerprint = n.fingerprint
  and (r.state, r.error) is distinct from (n.state, n.error)
