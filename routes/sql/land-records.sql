-- Stores the new and changed records of a page, to be applied. A new one that its job filters out is kept and skipped;
-- one that was let in before stays in, and one that was kept back is let in by a page that does not filter it.
insert into source_records as r (source, record_kind, source_id, fingerprint, raw, run_id, first_run_id, state, error, held_back)
select :?${exchangeProperty.source}, n.kind, n.id, n.fingerprint, n.raw,
  cast(:?${exchangeProperty.run} as uuid), cast(:?${exchangeProperty.run} as uuid),
  case when n.skip is null then 'landed' else 'skipped' end, n.skip, n.skip is not null
from unnest(cast(:?kinds as text[]), cast(:?ids as text[]), cast(:?fingerprints as bytea[]), cast(:?raws as bytea[]),
  cast(:?skips as text[])) as n (kind, id, fingerprint, raw, skip)
order by n.kind, n.id
on conflict (source, record_kind, source_id) do update
set fingerprint = excluded.fingerprint, raw = excluded.raw, state = excluded.state, error = excluded.error, attempts = 0, held_back = excluded.held_back,
  last_changed = now(), run_id = excluded.run_id
where r.fingerprint is distinct from excluded.fingerprint or (r.held_back and not excluded.held_back)
