-- What /observe/metrics shows of the database: a row is a sample (name, labels, value); one without a value is left out. A further
-- metric is a further select here and its line in docs/reference.md. Labels have few values: a source, a job, a state, the class of a
-- cause; never an id, nor a text that came from a source. What has to be counted over whole tables stands in metrics-counts.sql.
with source as (
  select s.name, s.daily_limit, s.name = any (string_to_array(:?enabled, ',')) as enabled
  from unnest(string_to_array(:?names, ','), cast(string_to_array(:?limits, ',') as bigint[])) as s (name, daily_limit)
), quota as (
  select s.name, s.daily_limit, s.enabled, coalesce(q.blocked_until > now(), false) as parked,
    coalesce(q.breaker = 'open', false) as breaker_open, q.next_call_at,
    case when q.window_start + interval '24 hours 1 minute' > now() then q.used else 0 end as used
  from source s left join source_quota q on q.source = s.name
), ended as (
  select distinct on (job) * from sync_jobs where status in ('completed', 'partial', 'failed') order by job, completed_at desc
), runs as (
  select job, status, count(*) as runs, max(completed_at) as last_end from sync_jobs group by job, status
), requests as (   -- of runs that are open
  select r.source, case when r.state = 'planned' and r.not_before > now() then 'delayed' when r.state = 'planned' then 'waiting'
    when r.state in ('running', 'failed') then r.state else 'done' end as state, count(*) as requests
  from sync_jobs j join sync_requests r on r.run_id = j.id
  where j.status in ('pending', 'in_progress')
  group by 1, 2
), landed as (
  select source, count(*) as records from source_records where state = 'landed' group by source
), letters as (
  select split_part(cause, ':', 1) as class, sum(letters) as letters from letter_counts where state = 'open' group by 1
)
-- Sources
select m.name, cast(json_build_object('source', q.name) as text) as labels, m.value
from quota q cross join lateral (values
  ('backline_source_enabled', cast(cast(q.enabled as integer) as double precision)),
  ('backline_source_calls_used', q.used),
  ('backline_source_calls_limit', q.daily_limit),
  ('backline_source_calls_remaining', greatest(q.daily_limit - q.used, 0)),
  ('backline_source_parked', cast(q.parked as integer)),
  ('backline_source_breaker_open', cast(q.breaker_open as integer)),
  ('backline_source_last_call_age_seconds',
    case when q.next_call_at > '-infinity' then greatest(extract(epoch from now() - q.next_call_at), 0) end),
  ('backline_source_last_success_age_seconds', extract(epoch from now() - last_contact(array[q.name])))
) as m (name, value)
union all
select m.name, cast(json_build_object('source', q.name) as text), m.value
from quota q left join source_budget b on b.source = q.name cross join lateral (values
  ('backline_source_requests_planned', cast(coalesce(b.planned, 0) as double precision)),
  ('backline_source_pace', coalesce(b.pace, 1)),
  ('backline_source_calls_an_hour', coalesce(b.calls_an_hour, 0))
) as m (name, value)
-- Alarms, nodes and tasks
union all
select 'backline_alarms_open', cast(json_build_object('kind', k.kind) as text), (select count(*) from alarms a where a.kind = k.kind and a.ended_at is null)
from unnest(array['never-yielded', 'yield-empty', 'yield-collapsed', 'job-failing', 'job-stale', 'source-stale', 'schedule-missed', 'field-drift',
  'dead-letters', 'unbalanced', 'quota-dry']) as k (kind)
union all
select 'backline_nodes', cast(json_build_object('role', r.role) as text), (select count(*) from nodes n where r.role = any (n.roles))
from unnest(array['schedule', 'fetch', 'apply', 'web']) as r (role)
union all
select 'backline_tasks', cast(json_build_object('state', s.state) as text), s.tasks
from (select coalesce(sum(waiting), 0) as waiting, coalesce(sum(active), 0) as active, coalesce(sum(completed), 0) as completed,
    coalesce(sum(failed), 0) as failed, coalesce(sum(delayed), 0) as delayed from worker_tasks) w
cross join lateral (values
  ('waiting', w.waiting), ('active', w.active), ('completed', w.completed), ('failed', w.failed), ('delayed', w.delayed)) as s (state, tasks)
-- Jobs
union all
select 'backline_job_last_run_status', cast(json_build_object('job', e.job, 'status', s.status) as text), cast(e.status = s.status as integer)
from ended e cross join unnest(array['completed', 'partial', 'failed']) as s (status)
union all
select m.name, cast(json_build_object('job', e.job) as text), m.value
from ended e cross join lateral (values
  ('backline_job_last_run_duration_seconds', extract(epoch from e.completed_at - coalesce(e.started_at, e.created_at))),
  ('backline_job_last_run_age_seconds', extract(epoch from now() - e.completed_at))
) as m (name, value)
union all
select 'backline_job_last_run_records', cast(json_build_object('job', e.job, 'outcome', b.outcome) as text), b.records
from ended e cross join lateral (values
  ('fetched', e.fetched), ('inserted', e.inserted), ('updated', e.updated), ('unchanged', e.unchanged), ('rejected', e.rejected),
  ('dead', e.dead), ('skipped', e.skipped), ('superseded', e.superseded)
) as b (outcome, records)
union all
select 'backline_job_last_success_age_seconds', cast(json_build_object('job', job) as text), extract(epoch from now() - last_end)
from runs where status = 'completed'
union all
select 'backline_job_runs', cast(json_build_object('job', j.job, 'status', s.status) as text), coalesce(r.runs, 0)
from (select distinct job from runs) j
cross join unnest(array['pending', 'in_progress', 'completed', 'partial', 'failed']) as s (status)
left join runs r on r.job = j.job and r.status = s.status
-- The queue
union all
select 'backline_requests', cast(json_build_object('source', s.name, 'state', t.state) as text), coalesce(r.requests, 0)
from (select name from source union select 'stored') s
cross join unnest(array['waiting', 'delayed', 'running', 'done', 'failed']) as t (state)
left join requests r on r.source = s.name and r.state = t.state
union all
select 'backline_records_landed', cast(json_build_object('source', s.name) as text), coalesce(l.records, 0)
from source s left join landed l on l.source = s.name
-- Dead letters
union all
select 'backline_dead_letters_open', cast(json_build_object('cause', c.class) as text),
  coalesce(sum(l.letters) filter (where l.class = c.class or c.class = 'other' and l.class not in ('fetch', 'mapping', 'store')), 0)
from unnest(array['fetch', 'mapping', 'store', 'other']) as c (class) left join letters l on true
group by c.class
-- When this was read: a database that cannot be reached leaves all of the above as it was.
union all
select 'backline_metrics_read_timestamp_seconds', '{"statement": "metrics"}', extract(epoch from now())
