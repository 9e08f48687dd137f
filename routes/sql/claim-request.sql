-- Takes the next page of work of a source, if any; the token fences off whoever held it before.
with next as (
  select r.run_id, r.n, j.job
  from sync_requests r
  join sync_jobs j on j.id = r.run_id
  where r.source = :?${exchangeProperty.source}
    and (r.state = 'planned' or (r.state = 'running' and r.lease_until < now()))
    and r.not_before <= now()
    and not exists (select 1 from source_quota q where q.source = r.source and q.blocked_until > now())
  order by j.priority, j.created_at, r.n
  limit 1
  for update of r skip locked
), started as (
  update sync_jobs j set status = 'in_progress', started_at = coalesce(j.started_at, now()), updated_at = now()
  from next where j.id = next.run_id and j.status = 'pending'
)
update sync_requests r
set state = 'running', token = r.token + 1, lease_owner = :?${properties:backline.node},
  lease_until = now() + make_interval(secs => cast(:?${properties:fetch.lease-seconds} as integer))
from next
where r.run_id = next.run_id and r.n = next.n
returning cast(r.run_id as text) as run, next.job, r.n, r.token, r.record_kind as kind, r.pages as page_number, r.attempts,
  cast(r.request as text) as request, r.cursor,
  coalesce((r.request -> 'window' ->> 'from') || '/' || (r.request -> 'window' ->> 'to'), r.request ->> 'path') as window
