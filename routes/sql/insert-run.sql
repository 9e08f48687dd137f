-- A run of a job with its plan; one without requests has nothing to ask for and ends by itself.
with run as (
  insert into sync_jobs (id, job, priority, job_type, metadata)
  values (cast(:?run as uuid), :?job, cast(:?priority as integer), 'shows_only', cast(:?parameters as jsonb))
  returning id
)
insert into sync_requests (run_id, n, source, record_kind, request)
select run.id, r.n, r.source, r.kind, r.request
from run, jsonb_to_recordset(cast(:?requests as jsonb)) as r (n integer, source text, kind text, request jsonb)
