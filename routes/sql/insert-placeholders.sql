-- Past shows of the artists whose setlists a run has asked for, of which nobody tells what was played: each has an empty setlist
-- that says "not known", the newest 200 of an artist within the years asked for (S86). Counted in the run's result.
with asked as (
  select cast(q.request #>> '{mark,artist}' as uuid) as artist_id, max(cast(q.request ->> 'years' as integer)) as years
  from sync_requests q
  where q.run_id = cast(:?run as uuid) and q.request #>> '{mark,what}' = 'setlists' and q.state = 'done'
  group by 1
), unknown as (
  select distinct s.id
  from sync_jobs j cross join asked a
  cross join lateral (
    select s.id from show_artists x join shows s on s.id = x.show_id
    where x.artist_id = a.artist_id
      and s.local_date < cast(j.created_at as date)
      and s.local_date >= cast(j.created_at - make_interval(years => a.years) as date)
      and s.status not in ('cancelled', 'postponed', 'gone')
      and not exists (select 1 from setlists l where l.show_id = s.id and l.kind = 'played')
    order by s.local_date desc, s.id
    limit 200) s
  where j.id = cast(:?run as uuid)
), written as (
  insert into setlists (id, show_id, kind, known)
  select gen_random_uuid(), u.id, 'played', false from unknown u order by u.id
  on conflict do nothing
  returning 1
), synced as (
  select count(distinct (r.source, r.source_id)) as setlists
  from source_pages p cross join lateral unnest(p.changed) as c (id)
  join source_records r on r.source = p.source and r.record_kind = p.record_kind and r.source_id = c.id and r.state = 'applied'
  where p.run_id = cast(:?run as uuid) and (p.source, p.record_kind) in (select q.source, q.record_kind from sync_requests q
    where q.run_id = cast(:?run as uuid) and q.request #>> '{mark,what}' = 'setlists')
)
update sync_jobs j
set result = j.result || jsonb_build_object('setlists', jsonb_build_object('artists', (select count(*) from asked),
  'syncedSetlists', s.setlists, 'placeholders', (select count(*) from written)))
from synced s
where j.id = cast(:?run as uuid) and exists (select 1 from asked)
