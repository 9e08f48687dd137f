-- The next task of a worker, where it has a hand free over all nodes and may start another one this minute.
with hands as (
  select count(*) filter (where status = 'in_progress') as busy,
    count(*) filter (where started_at > now() - interval '1 minute') as started
  from sync_jobs
  where worker = :?${exchangeProperty.worker} and (status = 'in_progress' or started_at > now() - interval '1 minute')
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
