-- A page of runs, newest first, with their books, as one JSON document.
with found as not materialized (
  select id, created_at
  from sync_jobs
  where (cast(:?job as text) is null or job = cast(:?job as text))
    and (cast(:?status as text) is null or status = cast(:?status as text))
), page as materialized (
  select id, created_at from found order by created_at desc, id limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', r.id, 'job', r.job, 'status', r.status, 'parameters', r.metadata, 'error', r.error,
          'fetched', r.fetched, 'inserted', r.inserted, 'updated', r.updated, 'unchanged', r.unchanged, 'rejected', r.rejected,
          'dead', r.dead, 'skipped', r.skipped, 'superseded', r.superseded, 'balanced', r.balanced, 'result', r.result,
          'createdAt', r.created_at, 'startedAt', r.started_at, 'completedAt', r.completed_at)
        order by page.created_at desc, page.id)
      from page join sync_jobs r on r.id = page.id), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer)) as text) as document, counted.total
from counted
