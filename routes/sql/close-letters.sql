-- A record that succeeded closes its letter.
update dead_letters d
set state = 'replayed'
from unnest(cast(:?marked_sources as text[]), cast(:?marked_kinds as text[]), cast(:?marked_ids as text[]),
  cast(:?states as text[])) as n (source, kind, id, state)
where d.state = 'open' and n.state <> 'dead' and d.source = n.source and d.record_kind = n.kind and d.source_id = n.id
