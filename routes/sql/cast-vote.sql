-- A visitor's vote for a song of a predicted setlist, once: the trigger counts it. Once it is known what was played, nobody votes.
with entry as (
  select e.id, e.votes, exists (select 1 from setlists p where p.show_id = l.show_id and p.kind = 'played' and p.known) as over
  from setlist_songs e join setlists l on l.id = e.setlist_id
  where e.id = cast(:?entry as uuid) and l.id = cast(:?id as uuid) and l.kind = 'predicted'
), visitor as (
  insert into users (id) select cast(:?visitor as uuid) from entry where not over on conflict do nothing
), vote as (
  insert into user_votes (user_id, setlist_song_id)
  select cast(:?visitor as uuid), id from entry where not over
  on conflict do nothing
  returning 1
)
select cast(json_build_object('entryId', id, 'votes', votes + (select count(*) from vote), 'voted', true) as text) as document, over
from entry
