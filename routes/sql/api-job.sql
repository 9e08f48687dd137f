-- How far a run is, as one JSON document: its steps in their order, and the runs that it is made of. No error texts: everybody may read it.
select cast(json_build_object(
    'id', j.id, 'job', j.job, 'status', j.status,
    'entityType', j.entity_type, 'entityId', j.entity_id,
    'entityName', case j.entity_type when 'artist' then (select name from artists where id = j.entity_id)
      when 'venue' then (select name from venues where id = j.entity_id) when 'show' then (select name from shows where id = j.entity_id) end,
    'progress', case when j.completed_at is not null then 100 else coalesce((select avg(p.progress)::integer from sync_progress p where p.job_id = j.id), 0) end,
    'steps', coalesce((
      select json_agg(json_build_object('step', p.step, 'status', p.status, 'progress', p.progress,
          'total', p.total_items, 'processed', p.processed_items, 'failed', p.failed_items)
        order by p.started_at, p.step)
      from sync_progress p where p.job_id = j.id), '[]'),
    'runs', coalesce((
      select json_agg(json_build_object('id', c.id, 'job', c.job, 'status', c.status) order by c.job)
      from sync_jobs c where c.parent_id = j.id), '[]'),
    'createdAt', j.created_at, 'startedAt', j.started_at, 'completedAt', j.completed_at) as text) as document
from sync_jobs j
where j.id = :?id
