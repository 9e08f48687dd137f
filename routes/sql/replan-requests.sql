-- Requests with an open letter, planned again in a new run of the job they were of; their letters are closed with it.
with letters as (
  select d.id, d.source, cast(d.payload as jsonb) as request, coalesce(j.job, 'replay') as job
  from dead_letters d
  left join sync_jobs j on j.id = d.run_id
  where d.state = 'open' and d.record_kind = 'request' and d.payload is not null
    and d.source = any (cast(:?sources as text[]))
    and (cast(:?letter as bigint) is null or d.id = cast(:?letter as bigint))
    and (cast(:?cause as text) is null or d.cause = cast(:?cause as text))
  for update of d
), runs as (
  insert into sync_jobs (id, job, priority, job_type, metadata)
  select gen_random_uuid(), l.job, 2, 'update', jsonb_build_object('letters', jsonb_agg(l.id order by l.id))
  from letters l group by l.job
  returning id, job
), requests as (
  insert into sync_requests (run_id, n, source, record_kind, request)
  select r.id, row_number() over (partition by r.id order by l.id) - 1, l.source, coalesce(l.request ->> 'kind', 'record'), l.request
  from runs r join letters l on l.job = r.job
), closed as (
  update dead_letters d set state = 'replayed' from letters l where d.id = l.id
)
select cast(r.id as text) as run, r.job from runs r order by r.job
