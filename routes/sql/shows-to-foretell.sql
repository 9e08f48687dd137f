-- Shows of the coming days that nobody has asked for yet and whose headliner's songs are known, the soonest first: they are foretold
-- before the first reader comes.
select cast(s.id as text) as show
from shows s
join artists a on a.id = s.headliner_id and a.songs_synced_at is not null
where coalesce(s.local_date, date 'infinity') between current_date and current_date + cast(:?${properties:setlists.foretell-days} as integer)
  and s.status not in ('cancelled', 'gone')
  and exists (select 1 from songs g where g.artist_id = a.id)
  and not exists (select 1 from setlists l where l.show_id = s.id)
order by coalesce(s.local_date, date 'infinity'), s.id
limit 50
