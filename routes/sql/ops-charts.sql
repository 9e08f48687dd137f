-- The last 24 hours by the hour, for the operations page: runs that ended, those that failed, records fetched, the mean duration of
-- a run in seconds, and for each job with a yield how its last runs compare; and how old each source's last answer is.
select cast(json_build_object(
    'hours', (
      select json_agg(json_build_object('hour', h.hour, 'runs', coalesce(r.runs, 0), 'failed', coalesce(r.failed, 0),
        'fetched', coalesce(r.fetched, 0), 'seconds', coalesce(r.seconds, 0)) order by h.hour)
      from generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') as h (hour)
      left join (
        select date_trunc('hour', completed_at) as hour, count(*) as runs, count(*) filter (where status = 'failed') as failed,
          sum(fetched) as fetched, round(cast(avg(extract(epoch from completed_at - coalesce(started_at, created_at))) as numeric), 1) as seconds
        from sync_jobs where completed_at >= date_trunc('hour', now()) - interval '23 hours' group by 1) r on r.hour = h.hour),
    'jobs', coalesce((
      select json_agg(json_build_object('job', j.job, 'fetched', j.fetched) order by j.job)
      from (
        select job, json_agg(fetched order by completed_at) as fetched
        from (
          select job, fetched, completed_at, row_number() over (partition by job order by completed_at desc) as n
          from sync_jobs where status in ('completed', 'partial') and completed_at > now() - interval '30 days') last
        where n <= 20 group by job having max(fetched) > 0) j), '[]'),
    'alarms', coalesce((select json_agg(json_build_object('kind', a.kind, 'subject', a.subject, 'what', a.message, 'since', a.since) order by a.since)
      from alarms a where a.ended_at is null), '[]')) as text) as document
