-- Which records of a page are new or changed: positions from 1, the state of a changed one, and whether it was removed for good. The
-- idempotent receiver, a page at a time. One that a job has kept back is new to a page that lets it in. A cached answer changes nothing that has changed since it was fetched.
-- LATERAL ... LIMIT 1 keeps the planner on the key; a plain join scans the whole table for each page.
select n.i, known.state, gone.removed
from unnest(cast(:?kinds as text[]), cast(:?ids as text[]), cast(:?fingerprints as bytea[]), cast(:?held as boolean[]))
  with ordinality as n (kind, id, fingerprint, held, i)
cross join lateral (
  select exists (select 1 from removed_records g
    where g.source = :?${exchangeProperty.source} and g.record_kind = n.kind and g.source_id = n.id) as removed
) gone
left join lateral (
  select r.fingerprint, r.state, r.last_changed, r.held_back
  from source_records r
  where r.source = :?${exchangeProperty.source} and r.record_kind = n.kind and r.source_id = n.id
  limit 1
) known on true
where (known.fingerprint is distinct from n.fingerprint or (known.held_back and not n.held and not gone.removed))
  and (known.last_changed > cast(:?${exchangeProperty.cacheAsOf} as timestamptz)) is not true
order by n.i
