-- The predicted setlist that a song, or a track of Spotify, is suggested for, one suggestion after the other.
select exists (select 1 from setlists p where p.show_id = l.show_id and p.kind = 'played' and p.known) as over,
  (select count(*) from setlist_songs e where e.setlist_id = l.id) as songs,
  exists (select 1 from songs where id = cast(:?song as uuid))
    or exists (select 1 from song_recordings where source = 'spotify' and source_id = cast(:?track as text)) as known
from setlists l where l.id = cast(:?id as uuid) and l.kind = 'predicted'
for update
