-- A page of artists, venues and upcoming shows by a part of their name: the whole name first, then its beginning, then any part.
-- Of each kind at most 500 are ranked, those with the very name always among them. A text of three letters and more is found through
-- the trigrams; a shorter one is read until 500 are found, as long as web.* lets a reader wait.
with named as (
  (select 'artist' as kind, id from artists where lower(left(name, 200)) = lower(left(cast(:?text as text), 200)) limit 500)
  union
  (select 'artist', id from artists where name ilike cast(:?q as text) limit 500)
  union
  (select 'venue', id from venues where lower(left(name, 200)) = lower(left(cast(:?text as text), 200)) limit 500)
  union
  (select 'venue', id from venues where name ilike cast(:?q as text) limit 500)
  union
  (select 'show', id from shows
   where name ilike cast(:?q as text) and coalesce(local_date, date 'infinity') >= cast(:?from as date) and status not in ('cancelled', 'gone')
   limit 500)
), found as not materialized (
  select n.kind, n.id, coalesce(a.name, v.name, s.name) as name, a.image_url, a.popularity,
    coalesce(v.city, p.city) as city, coalesce(v.country_code, p.country_code) as country_code, s.local_date
  from named n
  left join artists a on n.kind = 'artist' and a.id = n.id
  left join venues v on n.kind = 'venue' and v.id = n.id
  left join shows s on n.kind = 'show' and s.id = n.id
  left join venues p on p.id = s.venue_id
), page as materialized (
  select *, row_number() over (order by
      case when lower(name) = lower(cast(:?text as text)) then 0
        when left(lower(name), length(cast(:?text as text))) = lower(cast(:?text as text)) then 1 else 2 end,
      array_position(array['artist', 'venue', 'show'], kind), popularity desc nulls last, local_date, lower(left(name, 200)), id) as place
  from found order by place limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from named)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'kind', kind, 'id', id, 'name', name, 'imageUrl', image_url, 'city', city, 'countryCode', country_code, 'localDate', local_date)
        order by place)
      from page), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer),
    'asOf', last_contact(null)) as text) as document, counted.total
from counted
