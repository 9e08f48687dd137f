-- What a show is: where and when, who plays, what is sold beside it, what changed lately, what was played.
select s.id, s.name, s.status, s.local_date as "localDate", s.local_time as "localTime", s.timezone,
  (select json_build_object('id', v.id, 'name', v.name, 'city', v.city, 'countryCode', v.country_code)
    from venues v where v.id = s.venue_id) as venue,
  (select t.name from tours t where t.id = s.tour_id) as tour,
  (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'position', x.position) order by x.position, a.name), '[]')
    from show_artists x join artists a on a.id = x.artist_id where x.show_id = s.id) as "lineUp",
  (select coalesce(json_agg(json_build_object('source', o.source, 'id', o.source_id, 'name', o.name, 'status', o.status)
      order by o.source, o.source_id), '[]')
    from show_offers o where o.show_id = s.id) as offers,
  (select coalesce(json_agg(json_build_object('changedAt', c.changed_at, 'field', c.field, 'was', c.was, 'isNow', c.is_now,
      'run', c.run_id) order by c.id desc), '[]')
    from (
      select x.id, x.changed_at, x.run_id, case x.field when 'venue_id' then 'venue' else x.field end as field,
        case x.field when 'venue_id' then coalesce((select v.name from venues v where v.id = cast(x.was as uuid)), x.was)
          else x.was end as was,
        case x.field when 'venue_id' then coalesce((select v.name from venues v where v.id = cast(x.is_now as uuid)), x.is_now)
          else x.is_now end as is_now
      from show_changes x where x.show_id = s.id order by x.id desc limit 10) c) as changes,
  (select json_build_object('source', l.source, 'url', l.source_url, 'known', l.known,
      'songs', (select count(*) from setlist_songs e where e.setlist_id = l.id))
    from setlists l where l.show_id = s.id and l.kind = 'played') as played
from shows s
where s.id = cast(:?entity as uuid)
