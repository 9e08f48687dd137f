-- What sources no longer list, and the shows that are gone for it.

create table missed_records (
  source      text collate "C" not null,
  record_kind text collate "C" not null,
  source_id   text collate "C" not null,
  misses      integer not null default 1 constraint record_was_missed_at_least_once check (misses > 0),
  since       timestamptz not null default now(),
  last_run    uuid not null,
  constraint record_is_missed_once primary key (source, record_kind, source_id)
);
create index missed_records_by_run on missed_records (last_run);

-- Beside the status of a show, which is made of its records whenever one of them is applied.
create table gone_shows (
  show_id uuid not null references shows (id) on delete cascade,
  run_id  uuid not null,
  since   timestamptz not null default now(),
  constraint show_is_gone_once primary key (show_id)
);
