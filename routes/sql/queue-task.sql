-- A task waits for its worker; the entity that it is about says so.
with task as (
  insert into sync_jobs (id, job, worker, queued, priority, job_type, entity_type, entity_id, metadata)
  values (gen_random_uuid(), :?${exchangeProperty.job}, :?${exchangeProperty.job}, true, coalesce(cast(:?${exchangeProperty.priority} as integer), 2), 'full_sync',
    cast(:?${exchangeProperty.entityType} as text), cast(:?${exchangeProperty.entityId} as uuid), cast(:?${exchangeProperty.parametersJson} as jsonb))
  returning id, entity_type, entity_id
), artist as (
  update artists a set sync_status = 'pending' from task t where t.entity_type = 'artist' and a.id = t.entity_id
), venue as (
  update venues v set sync_status = 'pending' from task t where t.entity_type = 'venue' and v.id = t.entity_id
), show as (
  update shows s set sync_status = 'pending' from task t where t.entity_type = 'show' and s.id = t.entity_id
), import as (
  insert into import_status (job_id, artist_id, stage)
  select t.id, a.id, 'queued' from task t left join artists a on a.id = t.entity_id where t.entity_type = 'artist'
)
select cast(id as text) as run from task
