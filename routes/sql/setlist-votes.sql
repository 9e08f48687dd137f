-- The votes of a show's predicted setlist, and which of them are a visitor's (null: nobody's); what an event stream sends.
select cast(json_build_object('setlistId', l.id, 'votes', coalesce((
    select json_object_agg(e.id, e.votes) from setlist_songs e where e.setlist_id = l.id), '{}'),
  'mine', case when cast(:?visitor as uuid) is not null then coalesce((
    select json_agg(v.setlist_song_id) from user_votes v join setlist_songs e on e.id = v.setlist_song_id
    where e.setlist_id = l.id and v.user_id = cast(:?visitor as uuid)), '[]') end) as text) as document
from shows s
left join setlists l on l.show_id = s.id and l.kind = 'predicted'
where s.id = cast(:?show as uuid)
