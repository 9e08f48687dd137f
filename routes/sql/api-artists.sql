-- A page of artists by name, as one JSON document.
with found as not materialized (
  select a.id, lower(left(a.name, 200)) as sorted
  from artists a
  where (cast(:?q as text) is null or a.name ilike cast(:?q as text))
    and (cast(:?genre as text) is null or lowered(a.genres) @> array[lower(cast(:?genre as text))])
), page as materialized (
  select id, sorted from found order by sorted, id limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', a.id, 'name', a.name, 'genres', a.genres, 'popularity', a.popularity, 'imageUrl', a.image_url)
        order by page.sorted, page.id)
      from page join artists a on a.id = page.id), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer),
    'asOf', last_contact(null)) as text) as document, counted.total
from counted
