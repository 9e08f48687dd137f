-- What the headliner of a show has played elsewhere, the first show first: the day, the place, the tour, and the songs in order;
-- and the show itself, as the last row, without songs.
select s.local_date as day, cast(s.venue_id as text) as venue, lower(v.city) || '|' || coalesce(v.country_code, '') as city,
  cast(s.tour_id as text) as tour, s.id = cast(:?show as uuid) as asked,
  case when s.id = cast(:?show as uuid) then '{}' else coalesce((
    select array_agg(cast(e.song_id as text) order by e.position)
    from setlist_songs e where e.setlist_id = l.id and e.song_id is not null and not e.tape), '{}') end as songs
from shows a
join shows s on s.headliner_id = a.headliner_id
left join venues v on v.id = s.venue_id
left join setlists l on l.show_id = s.id and l.kind = 'played' and l.known
where a.id = cast(:?show as uuid) and s.local_date is not null and (l.id is not null or s.id = a.id)
order by asked, day, s.id
