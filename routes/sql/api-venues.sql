-- A page of venues by name, as one JSON document.
with found as not materialized (
  select v.id, lower(left(v.name, 200)) as sorted
  from venues v
  where (cast(:?q as text) is null or v.name ilike cast(:?q as text))
    and (cast(:?city as text) is null or lower(left(v.city, 200)) = lower(left(cast(:?city as text), 200)))
    and (cast(:?country as text) is null or v.country_code = cast(:?country as text))
), page as materialized (
  select id, sorted from found order by sorted, id limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', v.id, 'name', v.name, 'city', v.city, 'stateCode', v.state_code, 'countryCode', v.country_code, 'capacity', v.capacity)
        order by page.sorted, page.id)
      from page join venues v on v.id = page.id), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer),
    'asOf', last_contact(null)) as text) as document, counted.total
from counted
