-- A page of what changed of shows since an instant, newest first, as one JSON document.
with found as not materialized (
  select c.id, c.changed_at from show_changes c where c.changed_at >= cast(:?since as timestamptz)
), page as materialized (
  select id, changed_at from found order by changed_at desc, id desc limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', c.id, 'changedAt', c.changed_at, 'show', json_build_object('id', s.id, 'name', s.name),
          'field', c.field, 'was', c.was, 'isNow', c.is_now, 'run', c.run_id)
        order by page.changed_at desc, page.id desc)
      from page join show_changes c on c.id = page.id join shows s on s.id = c.show_id), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer)) as text) as document, counted.total
from counted
