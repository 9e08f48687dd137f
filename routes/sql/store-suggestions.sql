-- What may be suggested for a show: the songs of its headliner, the most popular first, at most 50 (S82). Songs that are only known
-- from live recordings are left out. What is foretold for an encore is marked. Nothing is written where nothing changes.
with song as (
  select g.id, g.title, g.popularity,
    (select count(*) from setlist_songs e join setlists l on l.id = e.setlist_id
      where e.song_id = g.id and l.kind = 'played' and not e.tape) as plays
  from shows s join songs g on g.artist_id = s.headliner_id
  where s.id = cast(:?show as uuid)
    and (g.source = 'setlist' or exists (select 1 from song_recordings r where r.song_id = g.id and r.kind <> 'live'))
), best as (
  select id, title, row_number() over (order by popularity desc nulls last, plays desc, title, id) as n
  from song
  order by n
  limit 50
), list as (
  select json_agg(json_build_object('songId', b.id, 'name', b.title, 'order', b.n,
    'encore', coalesce((
      select avg(case when e.encore is null then 0 else 1 end) > 0.5 from setlist_songs e
      join setlists l on l.id = e.setlist_id where e.song_id = b.id and l.kind = 'played' and not e.tape), false)) order by b.n) as songs
  from best b
)
update shows s set setlist_suggestions = cast(list.songs as jsonb)
from list
where s.id = cast(:?show as uuid) and list.songs is not null and s.setlist_suggestions is distinct from cast(list.songs as jsonb)
