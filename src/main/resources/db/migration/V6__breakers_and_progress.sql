-- What the circuit breaker of the node that called last says, and how far each step of a run is.
alter table source_quota
  add column breaker text not null default 'closed'
    constraint breaker_state_is_known check (breaker in ('closed', 'open', 'half_open')),
  add column breaker_since timestamptz;

create table sync_progress (
  job_id           uuid not null references sync_jobs (id) on delete cascade,
  step             text not null,
  status           text not null default 'in_progress' constraint progress_status_is_known
                     check (status in ('pending', 'in_progress', 'completed', 'failed', 'partial')),
  progress         integer not null default 0 constraint progress_is_0_to_100 check (progress between 0 and 100),
  message          text,
  total_items      bigint not null default 0,
  processed_items  bigint not null default 0,
  successful_items bigint not null default 0,
  failed_items     bigint not null default 0,
  started_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  completed_at     timestamptz,
  constraint job_has_a_step_once primary key (job_id, step)
);
