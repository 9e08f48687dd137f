-- A page of the venues that share artists with one, the strongest tie first.
with found as not materialized (
  select case when n.venue_id = cast(:?id as uuid) then n.neighbour_id else n.venue_id end as id,
    n.score, n.shared_artists, n.shared_shows, n.distance_km
  from venue_network n
  where n.venue_id = cast(:?id as uuid) or n.neighbour_id = cast(:?id as uuid)
), page as materialized (
  select * from found order by score desc, id limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'venue', json_build_object('id', v.id, 'name', v.name, 'city', v.city, 'stateCode', v.state_code, 'countryCode', v.country_code),
          'score', page.score, 'sharedArtists', page.shared_artists, 'sharedShows', page.shared_shows, 'distanceKm', page.distance_km)
        order by page.score desc, page.id)
      from page join venues v on v.id = page.id), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer),
    'asOf', last_contact(null)) as text) as document, counted.total
from counted
where exists (select 1 from venues where id = cast(:?id as uuid))
