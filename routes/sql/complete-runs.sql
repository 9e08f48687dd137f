-- Runs that have nothing left to fetch and no record left to apply.
select cast(j.id as text) as run, j.job
from sync_jobs j
where j.status in ('pending', 'in_progress') and not j.queued
  and not exists (select 1 from sync_requests r where r.run_id = j.id and r.state in ('planned', 'running'))
  and not exists (select 1 from source_records s where s.run_id = j.id and s.state = 'landed')
  and not exists (select 1 from sync_jobs c where c.parent_id = j.id and c.status in ('pending', 'in_progress'))
order by j.created_at
