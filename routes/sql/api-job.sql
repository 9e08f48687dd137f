-- How far a run is, as one JSON document: its steps in their order, and the runs that it is made of. No error texts: everybody may read it.
select cast(json_build_object(
    'id', j.id, 'job', j.job, 'status', j.status,
    'entityType', about.kind, 'entityId', about.id,
    'entityName', case about.kind when 'artist' then (select name from artists where id = about.id)
      when 'venue' then (select name from venues where id = about.id) when 'show' then (select name from shows where id = about.id) end,
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
left join lateral (   -- the artist that a look-up has brought
  select l.entity_kind, l.entity_id from source_links l
  where j.job = 'lookup' and l.entity_kind = 'artist'
    and (l.source, l.source_id) in (('spotify', j.metadata ->> 'artist'), ('ticketmaster', j.metadata ->> 'attraction'))
  limit 1
) found on true
cross join lateral (select coalesce(j.entity_type, found.entity_kind) as kind, coalesce(j.entity_id, found.entity_id) as id) about
where j.id = :?id
