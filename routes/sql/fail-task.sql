-- A task that could not be planned: again later, each time twice as long, or for good after its last retry and where that is no use.
with failed as (
  update sync_jobs j
  set retry_count = case when h.hopeless then j.retry_count else j.retry_count + 1 end,
    status = case when h.last then 'failed' else 'pending' end,
    queued = not h.last,
    start_after = now() + make_interval(secs => cast(:?${properties:jobs.retry-seconds} as integer) * power(2, j.retry_count) * (0.7 + 0.6 * random())),
    error = :?${exchangeProperty.reason}, balanced = case when h.last then true end,
    started_at = case when h.last then coalesce(j.started_at, now()) end, completed_at = case when h.last then now() end, updated_at = now()
  from (select x.id, cast(:?${exchangeProperty.hopeless} as boolean) as hopeless,
      cast(:?${exchangeProperty.hopeless} as boolean) or not x.auto_retry or x.retry_count >= x.max_retries as last
    from sync_jobs x where x.id = cast(:?${exchangeProperty.run} as uuid)) h
  where j.id = h.id and j.queued
  returning j.id, j.job, j.status, j.error, j.entity_type, j.entity_id
), artist as (
  update artists a set sync_status = 'error', last_sync_error = f.error, last_sync = now()
  from failed f where f.status = 'failed' and f.entity_type = 'artist' and a.id = f.entity_id
), venue as (
  update venues v set sync_status = 'error', last_sync_error = f.error, last_sync = now()
  from failed f where f.status = 'failed' and f.entity_type = 'venue' and v.id = f.entity_id
), show as (
  update shows s set sync_status = 'error', last_sync_error = f.error, last_sync = now()
  from failed f where f.status = 'failed' and f.entity_type = 'show' and s.id = f.entity_id
), import as (
  update import_status i set stage = 'failed', error = f.error, updated_at = now(), completed_at = now()
  from failed f where f.status = 'failed' and i.job_id = f.id
)
select f.job, f.status, log_cron_run(f.job, 'failed', 0, f.error, jsonb_build_object('run', f.id, 'status', f.status)) as log_id
from failed f where f.status = 'failed'
