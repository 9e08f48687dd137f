-- A gone show that is listed again is gone no more. What lists it is landed again under this run, so that its row is made of
-- its records once more; the run closes when that is done.
with listing as (
  select n.source, n.kind from unnest(cast(:?sources as text[]), cast(:?kinds as text[])) as n (source, kind)
), listed as (
  select g.show_id, r.source, r.record_kind, r.source_id
  from gone_shows g
  join source_links l on l.entity_kind = 'show' and l.entity_id = g.show_id
  join listing n on n.source = l.source
  join source_records r on r.source = l.source and r.record_kind = n.kind and r.source_id = l.source_id
  where r.state in ('applied', 'landed')
    and not exists (select 1 from missed_records m
      where m.source = r.source and m.record_kind = r.record_kind and m.source_id = r.source_id)
), again as (
  delete from gone_shows g using listed where g.show_id = listed.show_id
)
update source_records r
set state = 'landed', error = null, run_id = cast(:?run as uuid)
from listed
where r.source = listed.source and r.record_kind = listed.record_kind and r.source_id = listed.source_id and r.state = 'applied'
