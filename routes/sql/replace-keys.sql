-- The keys by which the records of a batch are found by others. Artists that are weighed again when more is known, and
-- that a show names whose keys are new, land again: a shared show is evidence.
with listed as (
  select r.entity_kind, r.source, r.source_id, r.key, r.trusted
  from json_to_recordset(cast(:?keys as json)) as r (entity_kind text, source text, source_id text, key text, trusted boolean)
), gone as (
  delete from identity_keys k
  using unnest(cast(:?keyed_kinds as text[]), cast(:?keyed_sources as text[]), cast(:?keyed_ids as text[])) as n (kind, source, id)
  where k.entity_kind = n.kind and k.source = n.source and k.source_id = n.id
    and not exists (select 1 from listed l
      where l.entity_kind = k.entity_kind and l.source = k.source and l.source_id = k.source_id and l.key = k.key)
), new as (
  insert into identity_keys (entity_kind, key, source, source_id, trusted)
  select l.entity_kind, l.key, l.source, l.source_id, l.trusted from listed l
  order by l.entity_kind, l.key, l.source, l.source_id
  on conflict do nothing
  returning entity_kind, key, source
), named as (
  select distinct n.source, left(substr(n.key, 3), -11) as id
  from new n where n.entity_kind = 'show' and n.key like 'r:%'
)
update source_records r
set state = 'landed'
from named n
where (exists (select 1 from identity_pairs p where p.entity_kind = 'artist' and p.left_source = n.source and p.left_id = n.id)
    or exists (select 1 from identity_pairs p where p.entity_kind = 'artist' and p.right_source = n.source and p.right_id = n.id))
  and r.source = n.source and r.source_id = n.id and r.state = 'applied'
  and r.record_kind = (select a.record_kind from jsonb_to_recordset(cast(:?artist_kinds as jsonb)) as a (source text, record_kind text)
    where a.source = n.source)
