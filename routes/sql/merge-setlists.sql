-- Setlists of shows that turned out to be one, before merge-shows.sql: of each kind one goes on, the keeper's, else the one with most
-- votes. What fans have said of another that was foretold is kept: votes for a song go to that song, and a song that was suggested
-- or voted for and is not there comes along as suggested.
with merged as (
  select r.keep, r.gone from jsonb_to_recordset(cast(:?show_merges as jsonb)) as r (keep uuid, gone uuid)
), lists as (
  select m.keep, l.id, l.kind, l.show_id, first_value(l.id) over (partition by m.keep, l.kind order by l.show_id <> m.keep,
    (select coalesce(sum(x.votes), 0) from setlist_songs x where x.setlist_id = l.id) desc, l.id) as stays
  from (select keep, gone as show_id from merged union select keep, keep from merged) m
  join setlists l on l.show_id = m.show_id
), moved as (
  update setlists l set show_id = s.keep from lists s where l.id = s.id and s.id = s.stays and l.show_id <> s.keep
), others as (
  select s.stays, x.id, x.song_id, x.votes, x.suggested, (
      select k.id from setlist_songs k where k.setlist_id = s.stays and k.song_id = x.song_id order by k.position limit 1) as there
  from lists s join setlist_songs x on x.setlist_id = s.id
  where s.kind = 'predicted' and s.id <> s.stays
), votes as (
  insert into user_votes (user_id, setlist_song_id, created_at)
  select v.user_id, o.there, min(v.created_at)
  from others o join user_votes v on v.setlist_song_id = o.id
  where o.there is not null
  group by v.user_id, o.there
  on conflict do nothing
), added as (
  select distinct on (o.stays, o.song_id) o.stays, o.id, o.votes
  from others o where o.there is null and (o.suggested or o.votes > 0)
  order by o.stays, o.song_id, o.votes desc, o.id
)
update setlist_songs x
set setlist_id = a.stays, suggested = true, position = (select coalesce(max(k.position) + 1, 0) from setlist_songs k where k.setlist_id = a.stays) + a.n
from (select stays, id, row_number() over (partition by stays order by votes desc, id) - 1 as n from added) a
where x.id = a.id
