-- Venues and artists of a batch that belong to another entity now: the shows that name them are applied again.
update source_records r
set state = 'landed'
from unnest(cast(:?moved_kinds as text[]), cast(:?moved_sources as text[]), cast(:?moved_ids as text[])) as m (kind, source, id)
cross join lateral (
  select k.source_id from identity_keys k
  where k.entity_kind = 'show' and k.source = m.source and m.kind = 'artist'
    and k.key >= 'r:' || m.id || '|' and k.key < 'r:' || m.id || '}'
  union
  select k.source_id from identity_keys k
  where k.entity_kind = 'show' and k.source = m.source and m.kind = 'venue'
    and k.key >= 'p:' || m.id || '|' and k.key < 'p:' || m.id || '}'
) citing
where r.source = m.source and r.source_id = citing.source_id and r.state = 'applied'
  and r.record_kind = (select a.record_kind from jsonb_to_recordset(cast(:?show_kinds as jsonb)) as a (source text, record_kind text)
    where a.source = m.source)
