-- The trusted ids by which the artist records of a batch are found by others.
with listed as (
  select r.source, r.source_id, r.key
  from json_to_recordset(cast(:?keys as json)) as r (source text, source_id text, key text)
), gone as (
  delete from identity_keys k
  using unnest(cast(:?keyed_sources as text[]), cast(:?keyed_ids as text[])) as n (source, source_id)
  where k.entity_kind = 'artist' and k.source = n.source and k.source_id = n.source_id
    and not exists (select 1 from listed l where l.source = k.source and l.source_id = k.source_id and l.key = k.key)
)
insert into identity_keys (entity_kind, key, source, source_id)
select 'artist', l.key, l.source, l.source_id from listed l
order by l.key, l.source, l.source_id
on conflict do nothing
