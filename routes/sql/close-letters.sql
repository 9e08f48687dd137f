-- A record that succeeded closes its letter. Each look-up is one of its own: most batches have no letter at all.
update dead_letters d
set state = 'replayed'
from unnest(cast(:?marked_sources as text[]), cast(:?marked_kinds as text[]), cast(:?marked_ids as text[]),
  cast(:?states as text[])) as n (source, kind, id, state)
cross join lateral (
  select x.id from dead_letters x
  where x.state = 'open' and x.source = n.source and x.record_kind = n.kind and x.source_id = n.id
  limit 1
) open
where n.state <> 'dead' and d.id = open.id
