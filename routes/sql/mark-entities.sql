-- What a closed run says of entities. The one that a task was about: how the task ended. Others: one with a record of this run that
-- was rejected or is dead is in error; one that was in error and whose record came through is not any more.
with run as (
  select j.id, j.status, j.entity_type, j.entity_id, j.error from sync_jobs j where j.id = cast(:?run as uuid)
), kinds as (
  select k.* from unnest(cast(:?entityKinds as text[]), cast(:?entitySources as text[]), cast(:?entityRecords as text[])) as k (entity_kind, source, record_kind)
), bad as (
  select distinct on (l.entity_kind, l.entity_id) l.entity_kind, l.entity_id, r.error
  from run join source_records r on r.run_id = run.id and r.state in ('rejected', 'dead')
  join kinds k on k.source = r.source and k.record_kind = r.record_kind
  join source_links l on l.entity_kind = k.entity_kind and l.source = r.source and l.source_id = r.source_id
  order by l.entity_kind, l.entity_id, r.record_kind, r.source_id
), erring as (
  select 'artist' as entity_kind, id from artists where sync_status = 'error'
  union all select 'venue', id from venues where sync_status = 'error'
  union all select 'show', id from shows where sync_status = 'error'
), seen as materialized (
  select distinct p.source, p.record_kind, x.id
  from run join source_pages p on p.run_id = run.id cross join lateral unnest(p.ids) as x (id)
  where exists (select 1 from erring)
), healed as (
  select distinct e.entity_kind, e.id
  from erring e
  join source_links l on l.entity_kind = e.entity_kind and l.entity_id = e.id
  join kinds k on k.entity_kind = l.entity_kind and k.source = l.source
  join seen s on s.source = k.source and s.record_kind = k.record_kind and s.id = l.source_id
  where not exists (select 1 from source_links o join kinds x on x.entity_kind = o.entity_kind and x.source = o.source
    join source_records r on r.source = o.source and r.record_kind = x.record_kind and r.source_id = o.source_id
    where o.entity_kind = e.entity_kind and o.entity_id = e.id and r.state in ('rejected', 'dead'))
), said as (
  select distinct on (entity_kind, id) * from (
    select 1 as first, entity_type as entity_kind, entity_id as id, case when status = 'completed' then 'success' else 'error' end as status,
      case when status <> 'completed' then coalesce(error, 'the run ended ' || status) end as error
    from run where entity_type is not null and entity_id is not null
    union all select 2, entity_kind, entity_id, 'error', error from bad
    union all select 3, entity_kind, id, 'success', null from healed
  ) x order by entity_kind, id, first
), artist as (
  update artists a set sync_status = s.status, last_sync_error = s.error, last_sync = now()
  from said s where s.entity_kind = 'artist' and a.id = s.id and (a.sync_status, a.last_sync_error) is distinct from (s.status, s.error)
), venue as (
  update venues v set sync_status = s.status, last_sync_error = s.error, last_sync = now()
  from said s where s.entity_kind = 'venue' and v.id = s.id and (v.sync_status, v.last_sync_error) is distinct from (s.status, s.error)
), show as (
  update shows w set sync_status = s.status, last_sync_error = s.error, last_sync = now()
  from said s where s.entity_kind = 'show' and w.id = s.id and (w.sync_status, w.last_sync_error) is distinct from (s.status, s.error)
)
update import_status i set stage = r.status, progress = 100, error = r.error, updated_at = now(), completed_at = now()
from run r where i.job_id = r.id
