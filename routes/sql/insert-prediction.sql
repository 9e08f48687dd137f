-- The predicted setlist of a show with its songs; who comes second finds it there and writes nothing.
with made as (
  insert into setlists (id, show_id, kind, rule, hit_rate, tested)
  values (gen_random_uuid(), cast(:?show as uuid), 'predicted', :?rule, cast(:?hit_rate as double precision), cast(:?tested as integer))
  on conflict (show_id, kind) do nothing
  returning id
)
insert into setlist_songs (id, setlist_id, song_id, position)
select gen_random_uuid(), made.id, n.song, row_number() over (order by n.position) - 1
from made
cross join unnest(cast(:?songs as uuid[])) with ordinality as n (song, position)
where exists (select 1 from songs where id = n.song)
