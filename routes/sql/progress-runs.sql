-- How far each step of each open run is: its requests. Progress never runs backwards, also where requests are cut into more.
insert into sync_progress as p (job_id, step, progress, total_items, processed_items, successful_items, failed_items)
select r.run_id, coalesce(r.request ->> 'step', 'fetching'), 100 * count(*) filter (where r.state in ('done', 'split', 'failed')) / count(*), count(*),
  count(*) filter (where r.state in ('done', 'split', 'failed')),
  count(*) filter (where r.state in ('done', 'split')), count(*) filter (where r.state = 'failed')
from sync_jobs j join sync_requests r on r.run_id = j.id
where j.status = 'in_progress'
group by 1, 2
on conflict (job_id, step) do update
set progress = greatest(p.progress, excluded.progress), total_items = excluded.total_items,
  processed_items = excluded.processed_items, successful_items = excluded.successful_items,
  failed_items = excluded.failed_items, updated_at = now()
where (p.total_items, p.processed_items, p.failed_items)
  is distinct from (excluded.total_items, excluded.processed_items, excluded.failed_items)
