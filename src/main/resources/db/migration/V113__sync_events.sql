-- What happened while synchronising (S55, S64): a run or task began or ended, a step of it began, an entity changed its state, a
-- record or request failed. Written by triggers, so that no way of writing can leave it out.
create table sync_events (
  id          bigint generated always as identity constraint sync_event_has_one_id primary key,
  job_id      uuid,
  platform    text,
  entity_type text,
  entity_id   uuid,
  status      text not null,
  error       text,
  metadata    jsonb not null default '{}',
  created_at  timestamptz not null default now()
);
create index sync_events_by_entity on sync_events (entity_type, entity_id, id desc);
create index sync_events_by_job on sync_events (job_id, id);
create index sync_events_by_time on sync_events (created_at);

create function note_run() returns trigger language plpgsql as $$
begin
  insert into sync_events (job_id, entity_type, entity_id, status, error, metadata)
  values (new.id, new.entity_type, new.entity_id, new.status, new.error,
    jsonb_strip_nulls(jsonb_build_object('job', new.job, 'worker', new.worker, 'retry', nullif(new.retry_count, 0))));
  return null;
end $$;
create trigger run_changes_its_state after update of status on sync_jobs
  for each row when (old.status is distinct from new.status) execute function note_run();

create function note_step() returns trigger language plpgsql as $$
begin
  insert into sync_events (job_id, status, metadata) values (new.job_id, 'progress', jsonb_build_object('step', new.step, 'progress', new.progress));
  return null;
end $$;
create trigger step_begins after insert on sync_progress for each row execute function note_step();

create function note_entity() returns trigger language plpgsql as $$
begin
  insert into sync_events (entity_type, entity_id, status, error, metadata)
  values (tg_argv[0], new.id, new.sync_status, new.last_sync_error, jsonb_build_object('was', old.sync_status));
  return null;
end $$;
create trigger artist_changes_its_sync_status after update of sync_status on artists
  for each row when (old.sync_status is distinct from new.sync_status) execute function note_entity('artist');
create trigger venue_changes_its_sync_status after update of sync_status on venues
  for each row when (old.sync_status is distinct from new.sync_status) execute function note_entity('venue');
create trigger show_changes_its_sync_status after update of sync_status on shows
  for each row when (old.sync_status is distinct from new.sync_status) execute function note_entity('show');

create function note_letter() returns trigger language plpgsql as $$
begin
  insert into sync_events (job_id, platform, entity_type, entity_id, status, error, metadata)
  values (new.run_id, new.source, coalesce(new.entity_kind, new.record_kind), new.entity_id, 'error', new.error,
    jsonb_strip_nulls(jsonb_build_object('kind', new.record_kind, 'id', new.source_id, 'route', new.route, 'cause', new.cause,
      'attempts', new.attempts, 'upstream_status', new.upstream_status)));
  return null;
end $$;
create trigger letter_is_written after insert or update of attempts on dead_letters
  for each row when (new.state = 'open') execute function note_letter();

create function note_rejection() returns trigger language plpgsql as $$
begin
  insert into sync_events (job_id, platform, entity_type, status, error, metadata)
  values (new.run_id, new.source, new.record_kind, 'error', new.error, jsonb_build_object('kind', new.record_kind, 'id', new.source_id, 'cause', 'rejected'));
  return null;
end $$;
create trigger record_is_rejected after update of state on source_records
  for each row when (new.state = 'rejected' and (old.state, old.error) is distinct from (new.state, new.error)) execute function note_rejection();

-- Entities whose last sync failed are found at once: they are synchronised again by status.
create index artists_in_error on artists (id) where sync_status = 'error';
create index venues_in_error on venues (id) where sync_status = 'error';
create index shows_in_error on shows (id) where sync_status = 'error';
