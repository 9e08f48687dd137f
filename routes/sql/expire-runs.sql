-- Runs that have been open for too long are given up: what they have not asked for has failed, and what waits for a worker waits no more.
with given_up as (
  update sync_jobs j set timed_out_at = now(), queued = false, updated_at = now()
  where j.status in ('pending', 'in_progress') and j.timed_out_at is null
    and j.created_at < now() - make_interval(hours => cast(:?${properties:jobs.longest-hours} as integer))
  returning j.id
)
update sync_requests r
set state = 'failed', note = 'given up after ' || cast(:?${properties:jobs.longest-hours} as text) || ' hours (jobs.longest-hours)',
  lease_owner = null, lease_until = null
from given_up g
where r.run_id = g.id and r.state in ('planned', 'running')
