-- Requests whose letters say that what failed may pass, planned again in a run of their job that counts one more retry; their
-- letters are closed with it. Each further time it waits twice as long, with jitter; after the job's maximum the letters stay.
with due as (
  select d.id, d.source, cast(d.payload as jsonb) as request, j.id as former
  from dead_letters d
  join sync_jobs j on j.id = d.run_id
  where d.state = 'open' and d.passing and d.record_kind = 'request' and d.payload is not null
    and d.source = any (cast(:?${bean:requests?method=callable} as text[]))
    and j.status not in ('pending', 'in_progress') and j.auto_retry and j.retry_count < j.max_retries
    and d.last_failed < now() - make_interval(secs => cast(:?${properties:jobs.retry-seconds} as integer)
      * power(2, j.retry_count) * (0.7 + 0.6 * (abs(hashtext(cast(j.id as text))) % 100) / 100))
  for update of d skip locked
), runs as (
  insert into sync_jobs (id, job, priority, job_type, entity_type, entity_id, worker, metadata, max_retries, retry_count)
  select gen_random_uuid(), j.job, j.priority, j.job_type, j.entity_type, j.entity_id, j.worker,
    jsonb_build_object('retry of', j.id), j.max_retries, j.retry_count + 1
  from sync_jobs j where j.id in (select former from due)
  returning id, job, retry_count, max_retries, cast(metadata ->> 'retry of' as uuid) as former
), requests as (
  insert into sync_requests (run_id, n, source, record_kind, request)
  select r.id, row_number() over (partition by r.id order by d.id) - 1, d.source, coalesce(d.request ->> 'kind', 'record'), d.request
  from runs r join due d on d.former = r.former
), closed as (
  update dead_letters d set state = 'replayed' from due where d.id = due.id
)
select cast(r.id as text) as run, r.job, r.retry_count, r.max_retries, cast(r.former as text) as former,
  (select count(*) from due d where d.former = r.former) as requests
from runs r
