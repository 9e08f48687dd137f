-- Which venues are alike: one row a pair, worked out from the whole catalogue. Cancelled shows and those that are gone do not count.
-- shared_artists: artists who play at both. shared_shows: shows at either venue whose artist plays at the other one at most 30
-- days before or after, as on one tour. score, 0 to 1: two parts the shared artists over the geometric mean of the artists of
-- both venues, one part the shared shows over all shows of both. Kept are the pairs that are among the 50 best of both venues,
-- so that none has more. distance_km is null where a venue has no coordinates. Rows are touched only where a value differs.
with plays as materialized (
  select s.venue_id, l.artist_id, s.id as show_id, s.local_date
  from shows s join show_artists l on l.show_id = s.id
  where s.venue_id is not null and s.status not in ('cancelled', 'gone')
), totals as (
  select venue_id, count(distinct artist_id) as artists, count(distinct show_id) as shows from plays group by 1
), artists as (
  select distinct venue_id, artist_id from plays
), alike as (
  select a.venue_id, b.venue_id as neighbour_id, count(*) as shared_artists
  from artists a join artists b on b.artist_id = a.artist_id and a.venue_id < b.venue_id
  group by 1, 2
), toured as (
  select a.venue_id, b.venue_id as neighbour_id, count(distinct a.show_id) + count(distinct b.show_id) as shared_shows
  from plays a join plays b on b.artist_id = a.artist_id and a.venue_id < b.venue_id
    and a.local_date between b.local_date - 30 and b.local_date + 30
  group by 1, 2
), scored as (
  select p.venue_id, p.neighbour_id, p.shared_artists, coalesce(t.shared_shows, 0) as shared_shows,
    round(cast((2 * p.shared_artists / sqrt(v.artists * n.artists)
      + coalesce(t.shared_shows, 0) / cast(v.shows + n.shows as double precision)) / 3 as numeric), 4) as score
  from alike p
  left join toured t on t.venue_id = p.venue_id and t.neighbour_id = p.neighbour_id
  join totals v on v.venue_id = p.venue_id
  join totals n on n.venue_id = p.neighbour_id
), ranked as (
  select s.*,
    row_number() over (partition by x.venue order by s.score desc, s.shared_artists desc, x.other) as place
  from scored s cross join lateral (values (s.venue_id, s.neighbour_id), (s.neighbour_id, s.venue_id)) as x (venue, other)
), best as materialized (
  select r.venue_id, r.neighbour_id, r.shared_artists, r.shared_shows, r.score,
    round(cast(distance_km(v.latitude, v.longitude, n.latitude, n.longitude) as numeric), 1) as distance_km
  from ranked r
  join venues v on v.id = r.venue_id
  join venues n on n.id = r.neighbour_id
  group by r.venue_id, r.neighbour_id, r.shared_artists, r.shared_shows, r.score, v.id, n.id
  having max(r.place) <= 50
), written as (
  insert into venue_network as w (venue_id, neighbour_id, shared_artists, shared_shows, score, distance_km)
  select b.venue_id, b.neighbour_id, b.shared_artists, b.shared_shows, b.score, b.distance_km
  from best b
  order by 1, 2
  on conflict (venue_id, neighbour_id) do update
  set shared_artists = excluded.shared_artists, shared_shows = excluded.shared_shows, score = excluded.score,
    distance_km = excluded.distance_km, computed_at = now()
  where (w.shared_artists, w.shared_shows, w.score, w.distance_km)
    is distinct from (excluded.shared_artists, excluded.shared_shows, excluded.score, excluded.distance_km)
  returning xmax = 0 as inserted
), gone as (
  delete from venue_network w
  where not exists (select 1 from best b where b.venue_id = w.venue_id and b.neighbour_id = w.neighbour_id)
  returning 1
), books as (
  select (select count(*) from best) as pairs, count(*) filter (where inserted) as inserted,
    count(*) filter (where not inserted) as updated, (select count(*) from gone) as deleted
  from written
)
insert into sync_progress (job_id, step, status, progress, message, total_items, processed_items, successful_items, completed_at)
select cast(:?${exchangeProperty.run} as uuid), 'deriving', 'completed', 100,
  b.pairs || ' pairs = ' || b.inserted || ' inserted + ' || b.updated || ' updated + '
    || b.pairs - b.inserted - b.updated || ' unchanged, ' || b.deleted || ' deleted',
  b.pairs, b.pairs, b.pairs, now()
from books b
returning message
