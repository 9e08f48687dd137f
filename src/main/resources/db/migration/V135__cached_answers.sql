-- Answers of sources to requests that people wait for, to be given again for a while. A record that lands in another version
-- takes along, in its transaction, every answer that shows it. No secret is in a request: keys are added by the call itself.
create table cached_answers (
  source     text collate "C" not null,
  key        text collate "C" generated always as (md5(request)) stored,
  request    text not null,
  body       bytea not null,
  etag       text,
  ids        text[] collate "C" not null,   -- of the records that it shows: kind, a space, id
  fetched_at timestamptz not null,
  expires_at timestamptz not null,
  constraint request_has_one_cached_answer primary key (source, key)
);
create index cached_answers_by_record on cached_answers using gin (ids);
create index cached_answers_by_end on cached_answers (expires_at);

-- Deletes answers that have expired so long ago; until then one with an ETag may still be asked about. Answers how many.
create function trim_cached_answers(age interval default '1 day') returns integer language plpgsql as $$
declare
  trimmed integer;
begin
  delete from cached_answers c where c.expires_at < now() - age;
  get diagnostics trimmed = row_count;
  return trimmed;
end $$;
