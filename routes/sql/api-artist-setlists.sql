-- A page of what an artist has played, the latest show first. Of a show whose setlist nobody knows, songs is empty and known false.
with found as not materialized (
  select l.id, coalesce(s.local_date, date '-infinity') as day
  from shows s join setlists l on l.show_id = s.id and l.kind = 'played'
  where s.id in (select show_id from show_artists where artist_id = cast(:?id as uuid) and position = 0)
), page as materialized (
  select id, day from found order by day desc, id limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', l.id, 'known', l.known, 'source', l.source, 'url', l.source_url,
          'show', json_build_object(
            'id', s.id, 'name', s.name, 'localDate', s.local_date,
            'venue', case when v.id is not null then json_build_object('id', v.id, 'name', v.name, 'city', v.city, 'countryCode', v.country_code) end),
          'songs', coalesce((
            select json_agg(json_build_object(
                'position', e.position, 'songId', e.song_id, 'title', coalesce(e.title, g.title), 'set', e.set_name,
                'encore', e.encore, 'tape', e.tape, 'info', e.info)
              order by e.position)
            from setlist_songs e left join songs g on g.id = e.song_id where e.setlist_id = l.id), '[]'))
        order by page.day desc, page.id)
      from page join setlists l on l.id = page.id join shows s on s.id = l.show_id left join venues v on v.id = s.venue_id), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer),
    'asOf', last_contact(array['setlistfm'])) as text) as document, counted.total
from counted
where exists (select 1 from artists where id = cast(:?id as uuid))
