-- A page of an artist's tours, the latest first, each with how many shows and venues it has.
with found as not materialized (
  select t.id, coalesce(t.starts_on, date '-infinity') as day from tours t where t.artist_id = cast(:?id as uuid)
), page as materialized (
  select id, day from found order by day desc, id limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', t.id, 'name', t.name, 'startsOn', t.starts_on, 'endsOn', t.ends_on,
          'shows', (select coalesce(sum(v.shows), 0) from tour_venues v where v.tour_id = t.id),
          'venues', (select count(*) from tour_venues v where v.tour_id = t.id))
        order by page.day desc, page.id)
      from page join tours t on t.id = page.id), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer),
    'asOf', last_contact(array['setlistfm'])) as text) as document, counted.total
from counted
where exists (select 1 from artists where id = cast(:?id as uuid))
