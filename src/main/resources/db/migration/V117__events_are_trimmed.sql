-- The nightly deletion takes events, ended alarms and counts of fields with the logs of runs.
create or replace function cleanup_old_sync_data(runs interval default '7 days', logs interval default '30 days',
  letters interval default '90 days', changes interval default '400 days') returns integer language plpgsql as $$
declare
  gone uuid[];
begin
  with deleted as (
    delete from sync_jobs j
    where j.status in ('completed', 'failed', 'partial') and coalesce(j.completed_at, j.updated_at) < now() - runs
      and not exists (select 1 from dead_letters l where l.run_id = j.id and l.state = 'open')   -- a replay runs in its job
    returning j.id
  )
  select coalesce(array_agg(d.id), '{}') into gone from deleted d;
  delete from source_pages p where p.run_id = any (gone);
  delete from cron_logs c where c.created_at < now() - logs;
  delete from sync_events e where e.created_at < now() - logs;
  delete from alarms a where a.ended_at < now() - logs;
  delete from field_shares f where f.at < now() - logs;
  delete from job_ticks t where t.fire_time < now() - logs
    and exists (select 1 from job_ticks n where n.job = t.job and n.fire_time > t.fire_time);
  delete from dead_letters l where l.state <> 'open' and l.last_failed < now() - letters;
  delete from show_changes s where s.changed_at < now() - changes;
  return cardinality(gone);
end $$;
