-- How far each task about an artist is, from its own requests. Progress never runs backwards.
with open as (
  select j.id, j.entity_id from sync_jobs j
  where j.worker is not null and j.entity_type = 'artist' and j.status = 'in_progress'
), requests as (
  select r.run_id, count(*) as planned, count(*) filter (where r.state in ('done', 'split', 'failed')) as done,
    (array_agg(coalesce(r.request ->> 'step', 'fetching') order by r.n) filter (where r.state in ('planned', 'running')))[1] as step
  from open o join sync_requests r on r.run_id = o.id group by r.run_id
)
insert into import_status as s (job_id, artist_id, stage, progress, message)
select o.id, a.id, coalesce(r.step, 'storing'), 10 + 85 * r.done / r.planned, r.done || ' of ' || r.planned || ' requests'
from open o join requests r on r.run_id = o.id
left join artists a on a.id = o.entity_id   -- another one may have taken it in meanwhile
on conflict (job_id) do update
set stage = excluded.stage, progress = greatest(s.progress, excluded.progress), message = excluded.message, updated_at = now()
where s.completed_at is null and (s.stage, s.message) is distinct from (excluded.stage, excluded.message)
