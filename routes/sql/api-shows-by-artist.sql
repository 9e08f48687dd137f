-- As api-shows.sql, of shows in whose line-up an artist matches: by id, by a part of the name, by genre.
-- Two statements, because a condition that may be absent is no semi-join: the planner could not begin with the artists.
with found as not materialized (
  select s.id, coalesce(s.local_date, date 'infinity') as day
  from shows s
  left join venues v on v.id = s.venue_id
  where coalesce(s.local_date, date 'infinity') between cast(:?from as date) and cast(:?to as date)
    and case when cast(:?status as text) is null then s.status not in ('cancelled', 'gone') else s.status = cast(:?status as text) end
    and (cast(:?q as text) is null or s.name ilike cast(:?q as text))
    and (cast(:?venue as uuid) is null or s.venue_id = cast(:?venue as uuid))
    and (cast(:?venueName as text) is null or v.name ilike cast(:?venueName as text))
    and (cast(:?city as text) is null or lower(left(v.city, 200)) = lower(left(cast(:?city as text), 200)))
    and (cast(:?country as text) is null or v.country_code = cast(:?country as text))
    and exists (
      select 1 from show_artists sa join artists a on a.id = sa.artist_id
      where sa.show_id = s.id
        and (cast(:?artist as uuid) is null or a.id = cast(:?artist as uuid))
        and (cast(:?artistName as text) is null or a.name ilike cast(:?artistName as text))
        and (cast(:?genre as text) is null or lowered(a.genres) @> array[lower(cast(:?genre as text))]))
), page as materialized (
  select id, day from found order by day, id limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', s.id, 'name', s.name, 'status', s.status, 'localDate', s.local_date, 'localTime', s.local_time,
          'startsAt', s.starts_at, 'url', s.url, 'priceMin', s.price_min, 'priceMax', s.price_max, 'currency', s.currency,
          'venue', case when v.id is not null then json_build_object(
            'id', v.id, 'name', v.name, 'city', v.city, 'stateCode', v.state_code, 'countryCode', v.country_code) end,
          'artists', (
            select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name) order by sa.position, a.id), '[]')
            from show_artists sa join artists a on a.id = sa.artist_id where sa.show_id = s.id))
        order by page.day, page.id)
      from page join shows s on s.id = page.id left join venues v on v.id = s.venue_id), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer),
    'asOf', last_contact(null)) as text) as document, counted.total
from counted
where (cast(:?ofArtist as uuid) is null or exists (select 1 from artists where id = cast(:?ofArtist as uuid)))
  and (cast(:?ofVenue as uuid) is null or exists (select 1 from venues where id = cast(:?ofVenue as uuid)))
