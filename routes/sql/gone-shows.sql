-- Shows to come whose listings all have been missing for long enough are gone. A cancelled one stays cancelled, which says
-- more, and what a person has set stays set.
with listing as (
  select n.source, n.kind from unnest(cast(:?sources as text[]), cast(:?kinds as text[])) as n (source, kind)
), missed as (
  select distinct l.entity_id as show_id
  from missed_records m
  join source_links l on l.entity_kind = 'show' and l.source = m.source and l.source_id = m.source_id
  where m.last_run = cast(:?run as uuid) and m.misses >= cast(:?${properties:shows.gone-after} as integer)
), gone as (
  insert into gone_shows (show_id, run_id)
  select s.id, cast(:?run as uuid)
  from missed join shows s on s.id = missed.show_id
  where s.local_date > cast(now() at time zone 'Etc/GMT-14' as date) and s.status <> 'cancelled'
    and not exists (select 1 from field_overrides o where o.entity_kind = 'show' and o.entity_id = s.id and o.field = 'status')
    and not exists (
      select 1
      from source_links l
      join listing n on n.source = l.source
      join source_records r on r.source = l.source and r.record_kind = n.kind and r.source_id = l.source_id
      where l.entity_kind = 'show' and l.entity_id = s.id and r.state in ('applied', 'landed')
        and not exists (select 1 from missed_records m
          where m.source = l.source and m.record_kind = n.kind and m.source_id = l.source_id
            and m.misses >= cast(:?${properties:shows.gone-after} as integer)))
  on conflict (show_id) do nothing
  returning show_id
)
update shows s
set status = 'gone', run_id = cast(:?run as uuid), updated_at = now()
from gone
where s.id = gone.show_id and s.status <> 'gone'
