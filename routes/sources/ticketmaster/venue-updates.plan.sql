-- The venues to ask for again, with their ids there; those never or longest not asked for first.
select v.id as venue, array_agg(l.source_id order by l.source_id) as ids
from chosen_venues(cast(:?city as text), cast(:?state as text), cast(:?country as text), cast(:?near as text),
  cast(:?radius as double precision), cast(:?min_capacity as integer), cast(:?max_capacity as integer)) v
join source_links l on l.entity_kind = 'venue' and l.source = 'ticketmaster' and l.entity_id = v.id
left join venue_syncs s on s.venue_id = v.id and s.source = 'ticketmaster' and s.what = 'venue'
group by v.id, s.synced_at
order by s.synced_at nulls first, v.id
limit cast(coalesce(:?limit, :?venues) as integer)
