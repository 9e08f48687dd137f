-- Takes a visitor's vote back, if there is one.
with entry as (
  select e.id, e.votes, exists (select 1 from setlists p where p.show_id = l.show_id and p.kind = 'played' and p.known) as over
  from setlist_songs e join setlists l on l.id = e.setlist_id
  where e.id = cast(:?entry as uuid) and l.id = cast(:?id as uuid) and l.kind = 'predicted'
), vote as (
  delete from user_votes v using entry
  where v.setlist_song_id = entry.id and v.user_id = cast(:?visitor as uuid) and not entry.over
  returning 1
)
select cast(json_build_object('entryId', id, 'votes', votes - (select count(*) from vote), 'voted', false) as text) as document, over
from entry
