-- Closes a run and its books. What the pages showed (fetched) must be found again in the end states of the
-- records: inserted + updated + unchanged + rejected + dead + skipped + superseded. The unit is the record.
with run as (
  select id, started_at, created_at from sync_jobs
  where id = cast(:?run as uuid) and status in ('pending', 'in_progress')
    and not exists (select 1 from source_records s where s.run_id = sync_jobs.id and s.state = 'landed')
  for update
), seen as (
  select p.source, p.record_kind, x.id, bool_or(x.changed) as changed
  from run join source_pages p on p.run_id = run.id
  cross join lateral (
    select s.id, false as changed from unnest(p.ids) as s (id)
    union all
    select c.id, true from unnest(p.changed) as c (id)
  ) x
  group by 1, 2, 3
), outcome as (
  select case
    when not s.changed then 'unchanged'
    when r.run_id <> run.id then 'superseded'
    when r.state = 'applied' and r.first_run_id = run.id then 'inserted'
    when r.state = 'applied' then 'updated'
    else r.state end as outcome
  from run cross join seen s
  left join source_records r on r.source = s.source and r.record_kind = s.record_kind and r.source_id = s.id
), books as (
  select count(*) as fetched,
    count(*) filter (where outcome = 'inserted') as inserted,
    count(*) filter (where outcome = 'updated') as updated,
    count(*) filter (where outcome = 'unchanged') as unchanged,
    count(*) filter (where outcome = 'rejected') as rejected,
    count(*) filter (where outcome = 'dead') as dead,
    count(*) filter (where outcome = 'skipped') as skipped,
    count(*) filter (where outcome = 'superseded') as superseded
  from outcome
), incomplete as (
  -- Parts of a cut request that together hold less than the whole did: something was not asked for. Parts by date
  -- share edges and are read over time, so only a clear difference counts there.
  select count(*) as requests, min(p.total) as whole, min(parts.total) as parts
  from run join sync_requests p on p.run_id = run.id and p.state = 'split'
  cross join lateral (select coalesce(sum(c.total), 0) as total, count(*) filter (where c.state = 'failed') as failed
    from sync_requests c where c.run_id = p.run_id and c.parent_n = p.n) parts
  where parts.total < p.total * (case when jsonb_exists(p.request, 'window') then 0.95 else 1 end) and parts.failed = 0
), requests as (
  select count(*) as planned, count(*) filter (where state = 'failed') as failed,
    count(shortfall) + (select requests from incomplete) as cut_short,
    coalesce(max(shortfall), (select 'the parts of a request held ' || parts || ' of ' || whole from incomplete)) as shortfall,
    max(note) filter (where state = 'failed') as note
  from run join sync_requests q on q.run_id = run.id
), letters as (   -- dead for what the database said; the other dead ones had no mapping that takes them
  select count(*) as refused from run join dead_letters d on d.run_id = run.id and d.state = 'open' and d.cause like 'store:%'
), parts as (   -- the runs that one is made of
  select count(*) as runs, count(*) filter (where c.status = 'failed') as failed, count(*) filter (where c.status <> 'completed') as short,
    jsonb_object_agg(c.job, c.status) as ended
  from run join sync_jobs c on c.parent_id = run.id
), ended as (
  update sync_jobs j
  set fetched = b.fetched, inserted = b.inserted, updated = b.updated, unchanged = b.unchanged, rejected = b.rejected,
    dead = b.dead, skipped = b.skipped, superseded = b.superseded,
    balanced = b.fetched = b.inserted + b.updated + b.unchanged + b.rejected + b.dead + b.skipped + b.superseded,
    status = case
      when b.fetched <> b.inserted + b.updated + b.unchanged + b.rejected + b.dead + b.skipped + b.superseded then 'failed'
      when j.timed_out_at is not null or (q.planned > 0 and q.failed = q.planned) or (t.runs > 0 and t.failed = t.runs) then 'failed'
      when t.short > 0 or q.failed > 0 or q.cut_short > 0 or b.rejected > 0 or b.dead > 0
        or cast(:?${header.halfFailed} as text) is not null then 'partial'
      else 'completed' end,
    error = case
      when b.fetched <> b.inserted + b.updated + b.unchanged + b.rejected + b.dead + b.skipped + b.superseded
        then 'the books do not balance'
      when j.timed_out_at is not null and q.planned = 0 then 'given up: it waited too long (jobs.longest-hours)'
      when t.short > 0 then t.short || ' of ' || t.runs || ' runs did not complete'
      when q.failed > 0 then q.failed || ' of ' || q.planned || ' requests failed: ' || coalesce(q.note, '')
      when q.cut_short > 0 then q.shortfall
      else cast(:?${header.halfFailed} as text) end,
    result = jsonb_build_object('errors', jsonb_build_object('api', q.failed, 'database', l.refused,
      'validation', b.rejected + greatest(b.dead - l.refused, 0)))
      || case when t.runs > 0 then jsonb_build_object('runs', t.ended) else '{}' end,
    total_steps = q.planned, completed_steps = q.planned - q.failed,
    completed_at = now(), updated_at = now(), started_at = coalesce(j.started_at, now())
  from run, books b, requests q, letters l, parts t
  where j.id = run.id
  returning j.*
), steps as (
  select e.id, coalesce(r.request ->> 'step', 'fetching') as step, count(r.n) as items,
    count(r.n) filter (where r.state = 'failed') as failed, min(r.note) filter (where r.state = 'failed') as note
  from ended e left join sync_requests r on r.run_id = e.id
  group by 1, 2
), progressed as (
  insert into sync_progress as p (job_id, step, status, progress, message, total_items, processed_items, successful_items,
    failed_items, completed_at)
  select e.id, s.step, case when s.failed = 0 then (case when (select count(*) from steps) = 1 then e.status else 'completed' end)
      when s.failed = s.items then 'failed' else 'partial' end,
    100, case when (select count(*) from steps) = 1 then e.error else s.note end, s.items, s.items, s.items - s.failed, s.failed, now()
  from ended e join steps s on s.id = e.id
  on conflict (job_id, step) do update
  set status = excluded.status, progress = 100, message = excluded.message, total_items = excluded.total_items,
    processed_items = excluded.processed_items, successful_items = excluded.successful_items,
    failed_items = excluded.failed_items, updated_at = now(), completed_at = now()
)
select job, status, fetched, inserted, updated, unchanged, rejected, dead, skipped, superseded, balanced, error,
  log_cron_run(job, case when timed_out_at is not null then 'timeout' when status = 'failed' then 'failed' else 'success' end,
    cast(extract(epoch from completed_at - started_at) * 1000 as bigint), error,
    jsonb_build_object('run', id, 'status', status, 'fetched', fetched, 'parameters', metadata)) as log_id
from ended
