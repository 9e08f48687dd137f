-- The artists whose setlists are to be asked for, those never or longest not asked for first. Where one is named, only artists of that
-- name; where a venue is named (or its id is given, in the catalogue or at setlist.fm), that venue instead.
(select a.name, a.mbid, a.id as artist, null as venue, s.synced_at,
  to_char(s.synced_at at time zone 'UTC', 'YYYYMMDDHH24MISS') as since
from artists a
left join artist_syncs s on s.artist_id = a.id and s.source = 'setlistfm'
  and s.what = case when a.mbid is null then 'lookup' else 'setlists' end
where cast(:?venue as text) is null
  and case when cast(:?artist as text) is null
    then s.synced_at is null or s.synced_at < now() - case when a.mbid is null then interval '30 days' else interval '20 hours' end
    else lower(trim(a.name)) = lower(trim(cast(:?artist as text))) end
order by a.mbid is null, s.synced_at nulls first, a.id
limit cast(:?artists as integer))
union all
(select v.name, null, null, v.setlistfm_id, null, null
from venues v
where cast(:?venue as text) is not null and v.setlistfm_id is not null
  and (lower(v.name) = lower(trim(cast(:?venue as text))) or cast(v.id as text) = cast(:?venue as text) or v.setlistfm_id = cast(:?venue as text))
order by v.id
limit 10)
