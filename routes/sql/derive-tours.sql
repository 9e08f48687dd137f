-- First and last day and the venues of the tours that the shows of a batch are part of.
with touched as (
  select distinct t.id
  from jsonb_to_recordset(cast(:?tours as jsonb)) as r (artist_id uuid, name text)
  join tours t on t.artist_id = r.artist_id and md5(lower(t.name)) = md5(lower(r.name))
), days as (
  select s.tour_id, min(s.local_date) as starts_on, max(s.local_date) as ends_on
  from touched t join shows s on s.tour_id = t.id group by 1
), dated as (
  update tours t set starts_on = d.starts_on, ends_on = d.ends_on from days d
  where t.id = d.tour_id and (t.starts_on, t.ends_on) is distinct from (d.starts_on, d.ends_on)
), played as (
  select s.tour_id, s.venue_id, count(*) as shows
  from touched t join shows s on s.tour_id = t.id where s.venue_id is not null group by 1, 2
), left_out as (
  delete from tour_venues v using touched t where v.tour_id = t.id
    and not exists (select 1 from played p where p.tour_id = v.tour_id and p.venue_id = v.venue_id)
)
insert into tour_venues as v (tour_id, venue_id, shows)
select p.tour_id, p.venue_id, p.shows from played p order by 1, 2
on conflict (tour_id, venue_id) do update set shows = excluded.shows where v.shows <> excluded.shows
