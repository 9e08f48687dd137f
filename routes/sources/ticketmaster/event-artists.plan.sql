-- The artists in the line-ups of what is on from today on at venues, with their ids there; those never or longest not asked for
-- first. Where a run is named, the artists that its pages showed.
with playing as (
  select distinct sa.artist_id as id
  from chosen_venues(cast(:?city as text), cast(:?state as text), cast(:?country as text), cast(:?near as text),
    cast(:?radius as double precision), cast(:?min_capacity as integer), cast(:?max_capacity as integer)) v
  join shows w on w.venue_id = v.id and coalesce(w.local_date >= current_date, true)
  join show_artists sa on sa.show_id = w.id
)
select a.id as artist, array_agg(l.source_id order by l.source_id) as ids
from playing a
join source_links l on l.entity_kind = 'artist' and l.source = 'ticketmaster' and l.entity_id = a.id
left join artist_syncs s on s.artist_id = a.id and s.source = 'ticketmaster' and s.what = 'attraction'
  and cast(:?run as text) is null
where cast(:?run as text) is null or l.source_id in (select unnest(p.ids) from source_pages p
  where p.run_id = cast(:?run as uuid) and p.source = 'ticketmaster' and p.record_kind = 'attraction')
group by a.id, s.synced_at
order by s.synced_at nulls first, a.id
limit cast(coalesce(:?limit, :?artists) as integer)
