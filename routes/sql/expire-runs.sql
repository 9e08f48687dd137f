-- Runs that have been open for too long are given up: what they have not asked for has failed.
with given_up as (
  update sync_jobs j set timed_out_at = now(), updated_at = now()
  where j.status in ('pending', 'in_progress') and j.timed_out_at is null
    and j.created_at < now() - make_interval(hours => cast(:?${properties:jobs.longest-hours} as integer))
  returning j.id, j.queued
), tasks as (
  update sync_jobs j set queued = false from given_up g where j.id = g.id and g.queued
)
update sync_requests r
set state = 'failed', note = 'given up after ' || cast(:?${properties:jobs.longest-hours} as text) || ' hours (jobs.longest-hours)',
  lease_owner = null, lease_until = null
from given_up g
where r.run_id = g.id and r.state in ('planned', 'running')
