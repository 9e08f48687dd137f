-- The venues whose events are to be asked for, with their ids there; those never or longest not asked for first. Where a run is
-- named, the venues that its pages showed, by their id, so that the same ones are asked for again.
select v.id as venue, array_agg(l.source_id order by l.source_id) as ids
from chosen_venues(cast(:?city as text), cast(:?state as text), cast(:?country as text), cast(:?near as text),
  cast(:?radius as double precision), cast(:?min_capacity as integer), cast(:?max_capacity as integer)) v
join source_links l on l.entity_kind = 'venue' and l.source = 'ticketmaster' and l.entity_id = v.id
left join venue_syncs s on s.venue_id = v.id and s.source = 'ticketmaster' and s.what = 'events'
  and cast(:?run as text) is null
where cast(:?run as text) is null or l.source_id in (select unnest(p.ids) from source_pages p
  where p.run_id = cast(:?run as uuid) and p.source = 'ticketmaster' and p.record_kind = 'venue')
group by v.id, s.synced_at
order by s.synced_at nulls first, v.id
limit cast(coalesce(:?limit, :?venues) as integer)
