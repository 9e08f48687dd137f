-- The predicted setlist that a song is suggested for, one suggestion after the other.
select exists (select 1 from setlists p where p.show_id = l.show_id and p.kind = 'played' and p.known) as over,
  (select count(*) from setlist_songs e where e.setlist_id = l.id) as songs,
  (select id from songs where id = cast(:?song as uuid)) is not null as known
from setlists l where l.id = cast(:?id as uuid) and l.kind = 'predicted'
for update
