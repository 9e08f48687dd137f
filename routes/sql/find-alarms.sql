-- What is wrong at the moment: alarms begin, go on and end with it. Parameters are what the settings say (alarms/Alarms.java).
with ended as (   -- runs of schedules, the last first: what they fetched
  select c.job_name as job, c.status, coalesce(cast(c.result ->> 'fetched' as bigint), 0) as fetched, c.created_at,
    (select j.total_steps from sync_jobs j where j.id = cast(c.result ->> 'run' as uuid)) as asked,
    row_number() over (partition by c.job_name order by c.created_at desc) as n
  from cron_logs c
  where c.job_name = any (cast(:?fetchingJobs as text[])) and coalesce(c.result -> 'parameters', '{}') = '{}'
    and c.created_at > now() - interval '30 days'
), before as (
  select job, percentile_cont(0.5) within group (order by fetched) as median, count(*) as runs
  from ended where n > 1 and n <= 20 and status = 'success' group by job
), yields as (
  select l.job, l.fetched, l.status, b.median, b.runs,
    -- once or twice nothing may have been due; for a third time it is not believed
    coalesce(l.asked, 1) > 0 or (select count(*) from ended x where x.job = l.job and x.n <= 3 and x.fetched = 0) = 3 as suspicious
  from ended l join before b on b.job = l.job where l.n = 1
), jobs as (
  select j.job, make_interval(secs => j.seconds) as fresh,
    (select max(c.created_at) from cron_logs c where c.job_name = j.job and c.status = 'success') as last_success
  from unnest(cast(:?jobs as text[]), cast(:?jobSeconds as double precision[])) as j (job, seconds)
  where not exists (select 1 from paused_jobs p where p.job = j.job)
), sources as (
  select s.source, make_interval(hours => s.hours) as fresh, last_contact(array[s.source]) as last_contact
  from unnest(cast(:?sources as text[]), cast(:?sourceHours as integer[])) as s (source, hours)
), late as (
  select l.job, to_timestamp(l.due) as due
  from unnest(cast(:?lateJobs as text[]), cast(:?lateSince as double precision[])) as l (job, due)
  where not exists (select 1 from paused_jobs p where p.job = l.job)
), counted as (
  select f.source, f.record_kind, f.at, f.records,
    row_number() over (partition by f.source, f.record_kind order by f.at desc) as n
  from field_shares f where f.field = '*' and f.records >= cast(:?sampleSize as integer) and f.at > now() - interval '14 days'
), now_and_before as (
  select l.source, l.record_kind, f.field,
    1 - coalesce((select x.records from field_shares x where x.source = l.source and x.record_kind = l.record_kind and x.field = f.field and x.at = l.at), 0)
      / cast(l.records as double precision) as now_null,
    1 - f.records / cast(t.records as double precision) as was_null
  from counted l
  join (select source, record_kind, sum(records) as records from counted where n > 1 group by 1, 2) t on t.source = l.source and t.record_kind = l.record_kind
  join (select x.source, x.record_kind, x.field, sum(x.records) as records
    from field_shares x join counted c on c.source = x.source and c.record_kind = x.record_kind and c.at = x.at and c.n > 1
    where x.field <> '*' group by 1, 2, 3) f on f.source = l.source and f.record_kind = l.record_kind
  where l.n = 1
), letters as (
  select s.source, (select count(*) from (select 1 from dead_letters d where d.state = 'open' and d.source = s.source
    limit cast(:?lettersLimit as integer) + 1) x) as letters
  from (select distinct source from source_quota union select unnest(cast(:?sources as text[]))) s
), found as (
  select 'never-yielded' as kind, job as subject, 'job ' || job || ' has fetched nothing in its last ' || runs + 1 || ' runs' as message
    from yields where fetched = 0 and median = 0 and runs >= 2
  union all
  select 'yield-empty', job, 'job ' || job || ' fetched nothing, against a median of ' || median || ' records' from yields
    where fetched = 0 and median > 0 and runs >= 2 and suspicious
  union all
  select 'yield-collapsed', job, 'job ' || job || ' fetched ' || fetched || ' records, against a median of ' || median from yields
    where fetched > 0 and fetched < median * cast(:?collapsedPercent as integer) / 100 and runs >= 2
  union all
  select 'job-failing', l.job, 'job ' || l.job || ' has failed ' || count(*) || ' times in a row' from ended l
    where l.n <= 2 group by l.job having count(*) filter (where l.status <> 'success') = 2
  union all
  select 'job-stale', job, 'job ' || job || ' has not ended well since ' || coalesce(to_char(last_success at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', 'it is scheduled')
    from jobs, installation i where coalesce(last_success, i.created_at) < now() - fresh
  union all
  select 'source-stale', source, 'source ' || source || ' was not read with success since '
      || coalesce(to_char(last_contact at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC', 'it is enabled')
    from sources, installation i where coalesce(last_contact, i.created_at) < now() - fresh
  union all
  select 'schedule-missed', job, 'job ' || job || ' should have started at ' || to_char(due at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC and did not'
    from late
  union all
  select 'field-drift', source || ' ' || record_kind || ' ' || field, 'field ' || field || ' of ' || source || ' ' || record_kind || ' is empty in '
      || round(cast(now_null * 100 as numeric)) || ' % of the records, against ' || round(cast(was_null * 100 as numeric)) || ' % before'
    from now_and_before where (now_null - was_null) * 100 > cast(:?driftPercent as integer)
  union all
  select 'dead-letters', source, 'source ' || source || ' has more than ' || cast(:?lettersLimit as integer) || ' open dead letters, see backline dead-letters list'
    from letters where letters > cast(:?lettersLimit as integer)
  union all
  select 'unbalanced', j.job, 'the books of run ' || (array_agg(j.id order by j.completed_at desc))[1] || ' of ' || j.job || ' do not balance'
    from sync_jobs j where j.balanced = false and j.completed_at > now() - interval '24 hours' group by j.job
  union all
  select 'quota-dry', source, 'source ' || source || case
      when used < allowed then ' will have spent its calls of the day at ' || to_char(dry_at at time zone 'UTC', 'HH24:MI') || ' UTC'
      when remaining > 0 then ' has spent its calls of the day but for the reserve'
      else ' has spent its calls of the day' end || ', with ' || planned || ' requests planned'
    from (select *, daily_limit * (100 - cast(:?reservePercent as integer)) / 100 as allowed from source_budget) b
    where planned > 0 and (used >= allowed or (dry_at is not null and planned > remaining))
), gone as (
  update alarms a set ended_at = now(), next_try_at = now(), tries = 0
  where a.ended_at is null and not exists (select 1 from found f where f.kind = a.kind and f.subject = a.subject)
  returning a.kind, a.subject
), raised as (
  insert into alarms as a (kind, subject, message)
  select distinct on (kind, subject) kind, subject, message from found
  on conflict (kind, subject) where ended_at is null do update set message = excluded.message where a.message <> excluded.message
  returning a.kind, a.subject, a.message, a.xmax = 0 as begins
)
select 'begins' as what, kind, subject, message from raised where begins
union all
select 'ends', kind, subject, null from gone
