-- Tasks: runs about one entity that a worker takes when it has a hand free, and plans only then. And the entity's own state,
-- with each change of it kept.
alter table sync_jobs
  add column worker text,
  add column queued boolean not null default false,
  add column start_after timestamptz not null default now(),
  add column parent_id uuid references sync_jobs (id) on delete set null;
create index sync_jobs_queued on sync_jobs (worker, priority, created_at) where queued;
create index sync_jobs_of_worker on sync_jobs (worker, status) where worker is not null;
create index sync_jobs_by_parent on sync_jobs (parent_id) where parent_id is not null;

create table import_status (
  job_id       uuid constraint job_has_one_import_status primary key references sync_jobs (id) on delete cascade,
  artist_id    uuid references artists (id) on delete cascade,
  stage        text not null,
  progress     integer not null default 0 constraint import_progress_is_0_to_100 check (progress between 0 and 100),
  message      text,
  error        text,
  started_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  completed_at timestamptz
);
create index import_status_by_artist on import_status (artist_id, started_at desc);

-- The tasks of each worker over all nodes: waiting for a hand, in hand, ended, and delayed until they are tried again.
create view worker_tasks as
select worker, count(*) filter (where queued and start_after <= now()) as waiting,
  count(*) filter (where status = 'in_progress' or (status = 'pending' and not queued)) as active,
  count(*) filter (where status in ('completed', 'partial')) as completed, count(*) filter (where status = 'failed') as failed,
  count(*) filter (where queued and start_after > now()) as delayed
from sync_jobs
where worker is not null
group by worker;
