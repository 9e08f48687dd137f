-- Venues and artists of a batch that belong to another entity now: the shows and recordings that name them are applied again.
-- So are recordings that came before the artists that they name.
with moved as (
  select m.kind, m.source, m.id
  from unnest(cast(:?moved_kinds as text[]), cast(:?moved_sources as text[]), cast(:?moved_ids as text[])) as m (kind, source, id)
), citing as (
  select m.source, k.source_id, (select a.record_kind from jsonb_to_recordset(cast(:?show_kinds as jsonb)) as a (source text, record_kind text)
    where a.source = m.source) as record_kind
  from moved m
  cross join lateral (
    select x.source_id from identity_keys x
    where x.entity_kind = 'show' and x.source = m.source and m.kind = 'artist'
      and x.key >= 'r:' || m.id || '|' and x.key < 'r:' || m.id || '}'
    union
    select x.source_id from identity_keys x
    where x.entity_kind = 'show' and x.source = m.source and m.kind = 'venue'
      and x.key >= 'p:' || m.id || '|' and x.key < 'p:' || m.id || '}'
  ) k
  union
  select n.source, k.source_id, k.record_kind
  from (select m.source, m.id from moved m where m.kind = 'artist'
    union select a.source, a.id from unnest(cast(:?arrived_sources as text[]), cast(:?arrived_ids as text[])) as a (source, id)) n
  cross join lateral (
    select x.source_id, substr(x.key, length(n.id) + 4) as record_kind from identity_keys x
    where x.entity_kind = 'song' and x.source = n.source
      and x.key >= 'r:' || n.id || '|' and x.key < 'r:' || n.id || '}'
  ) k
)
update source_records r
set state = 'landed'
from citing c
where r.source = c.source and r.record_kind = c.record_kind and r.source_id = c.source_id and r.state = 'applied'
