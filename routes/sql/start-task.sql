-- The requests of a task, its first step, and its entity, which is being synchronised from now on.
with requests as (
  insert into sync_requests (run_id, n, source, record_kind, request)
  select cast(:?run as uuid), r.n, r.source, r.kind, r.request
  from jsonb_to_recordset(cast(:?requests as jsonb)) as r (n integer, source text, kind text, request jsonb)
  returning n, request
), task as (
  select j.id, j.entity_type, j.entity_id from sync_jobs j where j.id = cast(:?run as uuid)
), progress as (
  insert into sync_progress (job_id, step, progress, total_items)
  select cast(:?run as uuid), coalesce(r.request ->> 'step', 'fetching'), case when min(r.n) = 0 then 10 else 0 end, count(*)
  from requests r group by 2 order by min(r.n)
  on conflict (job_id, step) do nothing
), artist as (
  update artists a set sync_status = 'syncing' from task t where t.entity_type = 'artist' and a.id = t.entity_id
), venue as (
  update venues v set sync_status = 'syncing' from task t where t.entity_type = 'venue' and v.id = t.entity_id
)
update shows s set sync_status = 'syncing' from task t where t.entity_type = 'show' and s.id = t.entity_id
