-- A letter says what it is about: the entity of the catalogue, the run, and what the source had answered.
alter table dead_letters
  add column run_id uuid,
  add column entity_kind text,
  add column entity_id uuid,
  add column upstream_status integer constraint letter_status_is_of_http check (upstream_status between 100 and 599);
update dead_letters set run_id = cast(split_part(source_id, '/', 1) as uuid) where record_kind = 'request' and source_id ~ '^[0-9a-f-]{36}/';
