-- What the read API asks for: by day with undated shows last, by name, by part of a name, by genre, and how fresh a source is.
create extension if not exists pg_trgm;

create function lowered(words text[]) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(lower(word)), '{}') from unnest(words) as word
$$;

-- When one of these sources (null: any) was last read with success, whether or not it had news.
create function last_contact(sources text[]) returns timestamptz language sql stable as $$
  select max(contact.at)
  from source_quota q
  cross join lateral (select max(p.fetched_at) as at from source_pages p where p.source = q.source) as contact
  where sources is null or q.source = any (sources)
$$;

create index source_pages_by_time on source_pages (source, fetched_at);
drop index shows_by_date; -- the next one serves its queries too
create index shows_by_day on shows (coalesce(local_date, date 'infinity'), id);
create index shows_by_part_of_name on shows using gin (name gin_trgm_ops);
create index artists_by_part_of_name on artists using gin (name gin_trgm_ops);
create index artists_by_genre on artists using gin (lowered(genres));
create index venues_by_name on venues (lower(left(name, 200)), id);
create index venues_by_part_of_name on venues using gin (name gin_trgm_ops);
