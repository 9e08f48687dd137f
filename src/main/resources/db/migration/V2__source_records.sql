-- What the sources delivered: the idempotent receiver, the raw vault and the durable queue in one table.

create table source_records (
  source       text collate "C" not null,
  record_kind  text collate "C" not null,
  source_id    text collate "C" not null constraint source_id_has_1_to_200_characters check (length(source_id) between 1 and 200),
  fingerprint  bytea not null constraint fingerprint_has_16_bytes check (octet_length(fingerprint) = 16),
  raw          bytea not null,
  state        text not null default 'landed' constraint record_state_is_known
                 check (state in ('landed', 'applied', 'rejected', 'skipped', 'dead')),
  error        text,
  attempts     integer not null default 0,
  first_seen   timestamptz not null default now(),
  last_changed timestamptz not null default now(),
  first_run_id uuid,
  run_id       uuid,
  constraint source_names_a_record_once primary key (source, record_kind, source_id),
  constraint failed_record_says_why check (state not in ('rejected', 'skipped', 'dead') or error is not null)
);
-- raw is zstd: compressing it again would only cost time.
alter table source_records alter column raw set storage external;
create index source_records_landed on source_records (last_changed) where state = 'landed';
create index source_records_failed on source_records (state, source, record_kind) where state in ('rejected', 'dead');
create index source_records_by_run on source_records (run_id) where state = 'landed';

-- Which ids a page showed, and which of them were new or changed; written once for each page, whatever it held.
create table source_pages (
  run_id         uuid not null,
  source         text not null,
  record_kind    text not null,
  request_window text not null,
  request_n      integer not null,
  page           integer not null,
  ids            text[] not null,
  changed        text[] not null,
  fetched_at     timestamptz not null default now(),
  constraint page_is_landed_once primary key (run_id, request_n, page, record_kind)
);

-- Which entity a record belongs to, and why.
create table source_links (
  entity_kind text not null constraint entity_kind_is_known check (entity_kind in ('artist', 'venue', 'show', 'song', 'setlist')),
  source      text collate "C" not null,
  source_id   text collate "C" not null,
  entity_id   uuid not null,
  method      text not null,
  score       numeric not null default 1 constraint score_is_0_to_1 check (score between 0 and 1),
  evidence    jsonb,
  decided_by  text not null default 'rule' constraint links_are_decided_by_rule_or_human check (decided_by in ('rule', 'human')),
  decided_at  timestamptz not null default now(),
  constraint record_belongs_to_one_entity primary key (entity_kind, source, source_id)
);
create index source_links_by_entity on source_links (entity_kind, entity_id);

-- The keys by which records of one kind find each other (trusted ids; blocking keys of matching by evidence join them here).
create table identity_keys (
  entity_kind text not null,
  key         text collate "C" not null,
  source      text collate "C" not null,
  source_id   text collate "C" not null,
  constraint record_has_a_key_once primary key (entity_kind, key, source, source_id)
);
create index identity_keys_by_record on identity_keys (entity_kind, source, source_id);
