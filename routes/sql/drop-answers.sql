-- Drops the cached answers that show a record which this page has changed, and the one whose place its own takes. Locked in one
-- order, so that two pages never wait for each other.
with dropped as (
  select c.source, c.key
  from cached_answers c
  where c.source = :?${exchangeProperty.source}
    and (c.ids && (select array_agg(n.kind || ' ' || n.id) from unnest(cast(:?kinds as text[]), cast(:?ids as text[])) as n (kind, id))
      or c.key = md5(cast(:?${exchangeProperty.cacheRequest} as text)) and cast(:?${exchangeProperty.cacheAsOf} as timestamptz) is null)
  order by c.key
  for update
)
delete from cached_answers c using dropped d where c.source = d.source and c.key = d.key
