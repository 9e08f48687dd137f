-- A song that a visitor suggests, behind the others; one that is there already stays the one it is.
with there as (
  select e.id from setlist_songs e
  where e.setlist_id = cast(:?id as uuid) and e.song_id = cast(:?song as uuid)
  order by e.position limit 1
), added as (
  insert into setlist_songs (id, setlist_id, song_id, position, suggested)
  select gen_random_uuid(), cast(:?id as uuid), cast(:?song as uuid),
    coalesce((select max(e.position) + 1 from setlist_songs e where e.setlist_id = cast(:?id as uuid)), 0), true
  where not exists (select 1 from there)
  returning id
)
select cast(json_build_object('entryId', e.id, 'added', e.added) as text) as document
from (select id, false as added from there union all select id, true from added) as e
