-- A page of dead letters, newest first. Each group (cause, source, kind) is read through its own index, as far as the page reaches.
with counted as (
  select cause, source, record_kind, sum(letters) as letters
  from letter_counts
  where state = cast(:?state as text)
    and (cast(:?source as text) is null or source = cast(:?source as text))
    and (cast(:?kind as text) is null or record_kind = cast(:?kind as text))
    and (cast(:?cause as text) is null or cause = cast(:?cause as text))
  group by 1, 2, 3 having sum(letters) > 0
), newest as materialized (   -- by the index alone
  select d.*
  from counted c
  cross join lateral (
    select l.id, l.last_failed
    from dead_letters l
    where l.state = cast(:?state as text) and l.cause = c.cause and l.source = c.source and l.record_kind = c.record_kind
    order by l.last_failed desc, l.id desc limit cast(:?reach as bigint)) d
  order by d.last_failed desc, d.id desc limit :?pageSize offset :?offset
), page as (
  select l.* from newest n join dead_letters l on l.id = n.id
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', id, 'state', state, 'source', source, 'kind', record_kind, 'sourceId', source_id, 'route', route, 'run', run_id,
          'cause', cause, 'error', error, 'attempts', attempts, 'firstFailed', first_failed, 'lastFailed', last_failed)
        order by last_failed desc, id desc)
      from page), '[]'),
    'total', (select coalesce(sum(letters), 0) from counted),
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer)) as text) as document
