-- Line-ups of the shows of a batch: whoever is no longer listed goes, a row is touched only where the place differs.
with listed as (
  select r.show_id, r.artist_id, r.position
  from json_to_recordset(cast(:?line_ups as json)) as r (show_id uuid, artist_id uuid, position integer)
), gone as (
  delete from show_artists s
  where s.show_id = any (cast(:?show_ids as uuid[]))
    and not exists (select 1 from listed l where l.show_id = s.show_id and l.artist_id = s.artist_id)
)
insert into show_artists as s (show_id, artist_id, position)
select l.show_id, l.artist_id, l.position from listed l
order by l.show_id, l.artist_id
on conflict (show_id, artist_id) do update set position = excluded.position
where s.position <> excluded.position
