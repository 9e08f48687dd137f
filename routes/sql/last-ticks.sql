-- The last tick of each job that has a schedule and is not paused; of one that never had one, since when there is an installation.
select j.job, cast(extract(epoch from coalesce(max(t.fire_time), i.created_at)) * 1000 as bigint) as last
from unnest(cast(:?${bean:schedules?method=jobs} as text[])) as j (job)
cross join installation i
left join job_ticks t on t.job = j.job
where not exists (select 1 from paused_jobs p where p.job = j.job)
group by j.job, i.created_at
