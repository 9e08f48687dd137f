-- Records that were removed because whoever owns what they tell asked for it (./backline records remove). One that comes from
-- its source again is skipped by the filter removed-on-request, without its body.
create table removed_records (
  source      text collate "C" not null,
  record_kind text collate "C" not null,
  source_id   text collate "C" not null,
  removed_at  timestamptz not null default now(),
  constraint record_is_removed_once primary key (source, record_kind, source_id)
);
