-- Puts an edited payload in the place of what the source sent; replay applies it. Only of an open letter, and while its record is dead.
with letter as (
  select id, source, record_kind, source_id from dead_letters where id = cast(:?id as bigint) and state = 'open' for update
), edited as (
  update source_records r set raw = cast(:?raw as bytea)
  from letter l
  where r.source = l.source and r.record_kind = l.record_kind and r.source_id = l.source_id and r.state = 'dead'
  returning 1
), written as (
  update dead_letters d set payload = :?payload
  from letter l
  where d.id = l.id and (l.record_kind = 'request' or exists (select 1 from edited))
  returning d.id
)
select cast(json_build_object('id', d.id, 'state', d.state) as text) as document, exists (select 1 from written) as edited
from dead_letters d where d.id = cast(:?id as bigint)
