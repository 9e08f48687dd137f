-- The run of a job with the same parameters that has not ended, if there is one.
select cast(id as text) as run, status
from sync_jobs
where job = :?${exchangeProperty.job} and metadata = cast(:?${exchangeProperty.parametersJson} as jsonb)
  and status in ('pending', 'in_progress')
order by created_at
limit 1
