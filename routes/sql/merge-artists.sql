-- Artists that turned out to be one: everything of the second goes to the first, then the second goes.
with merged as (
  select r.keep, r.gone from jsonb_to_recordset(cast(:?merges as jsonb)) as r (keep uuid, gone uuid)
), headliners as (
  update shows s set headliner_id = m.keep, updated_at = now() from merged m where s.headliner_id = m.gone
), line_ups as (
  insert into show_artists (show_id, artist_id, position)
  select s.show_id, m.keep, min(s.position) from show_artists s join merged m on m.gone = s.artist_id
  group by s.show_id, m.keep
  on conflict (show_id, artist_id) do nothing
), songs as (
  update songs s set artist_id = m.keep from merged m where s.artist_id = m.gone
    and not exists (select 1 from songs k where k.artist_id = m.keep and k.normalized_title = s.normalized_title)
), recordings as (
  update song_recordings r set artist_id = m.keep from merged m where r.artist_id = m.gone
)
delete from artists a using merged m where a.id = m.gone
