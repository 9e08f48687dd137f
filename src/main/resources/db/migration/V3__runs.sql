-- Runs of jobs, their plans, the ticks that started them, and what each source still allows.

create table sync_jobs (
  id              uuid primary key,
  job             text not null,
  entity_type     text constraint sync_job_entity_type_is_known check (entity_type in ('artist', 'venue', 'show', 'song')),
  entity_id       uuid,
  spotify_id      text,
  ticketmaster_id text,
  setlistfm_id    text,
  status          text not null default 'pending' constraint sync_job_status_is_known
                    check (status in ('pending', 'in_progress', 'completed', 'failed', 'partial')),
  priority        integer not null default 1 constraint sync_job_priority_is_1_high_2_normal_3_low check (priority in (1, 2, 3)),
  total_steps     integer not null default 0,
  completed_steps integer not null default 0,
  current_step    text,
  job_type        text not null default 'full_sync' constraint sync_job_type_is_known
                    check (job_type in ('full_sync', 'shows_only', 'catalog_only', 'update')),
  metadata        jsonb not null default '{}',
  error           text,
  auto_retry      boolean not null default true,
  max_retries     integer not null default 3,
  retry_count     integer not null default 0,
  fetched         bigint not null default 0,
  inserted        bigint not null default 0,
  updated         bigint not null default 0,
  unchanged       bigint not null default 0,
  rejected        bigint not null default 0,
  dead            bigint not null default 0,
  skipped         bigint not null default 0,
  superseded      bigint not null default 0,
  balanced        boolean,
  created_at      timestamptz not null default now(),
  started_at      timestamptz,
  completed_at    timestamptz,
  updated_at      timestamptz not null default now()
);
create index sync_jobs_by_status on sync_jobs (status);
create index sync_jobs_by_entity on sync_jobs (entity_type, entity_id);
create index sync_jobs_by_priority on sync_jobs (priority, created_at);
create index sync_jobs_by_job on sync_jobs (job, created_at desc);

-- The plan of a run. An exchange claims one request, does one page, moves the cursor, ends.
create table sync_requests (
  run_id      uuid not null references sync_jobs (id) on delete cascade,
  n           integer not null,
  parent_n    integer,
  source      text not null,
  record_kind text not null,
  request     jsonb not null,
  state       text not null default 'planned' constraint request_state_is_known
                check (state in ('planned', 'running', 'done', 'split', 'failed')),
  cursor      text,
  pages       integer not null default 0,
  total       bigint,
  note        text,
  shortfall   text,
  lease_owner text,
  lease_until timestamptz,
  token       bigint not null default 0,
  attempts    integer not null default 0,
  not_before  timestamptz not null default now(),
  constraint request_is_planned_once primary key (run_id, n)
);
create index sync_requests_open on sync_requests (source, run_id, n) where state in ('planned', 'running');

create table job_ticks (
  job       text not null,
  fire_time timestamptz not null,
  node      text not null,
  claimed_at timestamptz not null default now(),
  constraint tick_is_claimed_once primary key (job, fire_time)
);

create table paused_jobs (
  job       text primary key,
  paused_at timestamptz not null default now()
);

-- A call is counted in the statement that takes the token, before it leaves.
create table source_quota (
  source        text primary key,
  window_start  timestamptz not null default now(),
  used          bigint not null default 0,
  daily_limit   bigint not null,
  next_call_at  timestamptz not null default '-infinity',
  blocked_until timestamptz,
  reason        text
);

create table cron_logs (
  id                uuid primary key default gen_random_uuid(),
  job_name          text not null,
  status            text not null constraint cron_status_is_known check (status in ('success', 'failed', 'timeout')),
  execution_time_ms bigint,
  error_message     text,
  result            jsonb,
  created_at        timestamptz not null default now()
);
create index cron_logs_by_job on cron_logs (job_name, created_at);

create function log_cron_run(p_job_name text, p_status text, p_execution_time_ms bigint, p_error_message text, p_result jsonb)
returns uuid language sql as $$
  insert into cron_logs (job_name, status, execution_time_ms, error_message, result)
  values (p_job_name, p_status, p_execution_time_ms, p_error_message, p_result)
  returning id
$$;
