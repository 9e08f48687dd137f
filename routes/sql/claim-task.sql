-- The next task of a worker, where it has a hand free over all nodes and may start another one this minute. A task that only waits for
-- a parked source, or for a time, keeps no hand from the others.
with hands as (
  select (select count(*) from sync_jobs j where j.worker = :?${exchangeProperty.worker} and j.status = 'in_progress'
      and exists (select 1 from sync_requests r where r.run_id = j.id and (r.state = 'running' or (r.state = 'planned' and r.not_before <= now()
        and not exists (select 1 from source_quota q where q.source = r.source and q.blocked_until > now()))))) as busy,
    (select count(*) from sync_jobs j where j.worker = :?${exchangeProperty.worker} and j.started_at > now() - interval '1 minute') as started
), next as (
  select id from sync_jobs
  where worker = :?${exchangeProperty.worker} and queued and status = 'pending' and start_after <= now()
  order by priority, created_at
  limit 1
  for update skip locked
)
update sync_jobs j
set status = 'in_progress', queued = false, started_at = now(), updated_at = now()
from next, hands
where j.id = next.id and hands.busy < cast(:?${exchangeProperty.atOnce} as integer)
  and (cast(:?${exchangeProperty.perMinute} as integer) = 0 or hands.started < cast(:?${exchangeProperty.perMinute} as integer))
returning cast(j.id as text) as run, j.job, cast(j.metadata as text) as parameters
