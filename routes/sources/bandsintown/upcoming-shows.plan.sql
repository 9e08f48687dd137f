-- The artists whose shows are to be asked for, those never or longest not asked for first. The API knows no places: a run
-- for a place asks for none.
select a.name, a.bandsintown_id, a.id as artist
from artists a
left join artist_syncs s on s.artist_id = a.id and s.source = 'bandsintown' and s.what = 'shows'
where coalesce(cast(:?city as text), cast(:?state as text), cast(:?country as text)) is null
  and (s.synced_at is null or s.synced_at < now() - interval '20 hours')
order by s.synced_at nulls first, a.id
limit cast(:?artists as integer)
