-- A page of the causes of dead letters, the one with the newest letter first; numbers are kept, not counted (letter_counts).
with counted as (
  select cause, source, record_kind, sum(letters) as letters
  from letter_counts
  where state = cast(:?state as text)
    and (cast(:?source as text) is null or source = cast(:?source as text))
    and (cast(:?kind as text) is null or record_kind = cast(:?kind as text))
  group by 1, 2, 3 having sum(letters) > 0
), newest as (
  select distinct on (c.cause) c.cause, n.*
  from counted c
  cross join lateral (
    select d.id, d.last_failed, d.source, d.record_kind, d.error
    from dead_letters d
    where d.state = cast(:?state as text) and d.cause = c.cause and d.source = c.source and d.record_kind = c.record_kind
    order by d.last_failed desc, d.id desc limit 1) n
  order by c.cause, n.last_failed desc, n.id desc
), causes as (
  select n.*, t.letters from newest n join (select cause, cast(sum(letters) as bigint) as letters from counted group by cause) t on t.cause = n.cause
), page as materialized (
  select * from causes order by last_failed desc, cause limit :?pageSize offset :?offset
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'cause', cause, 'letters', letters, 'newest', last_failed, 'example', id, 'source', source, 'kind', record_kind, 'error', error)
        order by last_failed desc, cause)
      from page), '[]'),
    'total', (select count(*) from causes),
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer)) as text) as document
