-- Artists that turned out to be one: everything of the second goes to the first, then the second goes.
with merged as (
  select r.keep, r.gone from jsonb_to_recordset(cast(:?artist_merges as jsonb)) as r (keep uuid, gone uuid)
), headliners as (
  update shows s set headliner_id = m.keep, updated_at = now() from merged m where s.headliner_id = m.gone
), line_ups as (
  insert into show_artists (show_id, artist_id, position)
  select s.show_id, m.keep, min(s.position) from show_artists s join merged m on m.gone = s.artist_id
  group by s.show_id, m.keep
  on conflict (show_id, artist_id) do nothing
), same_songs as (
  select s.id as gone, k.id as keep from songs s join merged m on m.gone = s.artist_id
  join songs k on k.artist_id = m.keep and k.normalized_title = s.normalized_title
), played as (
  update setlist_songs l set song_id = s.keep from same_songs s where l.song_id = s.gone
), songs as (
  update songs s set artist_id = m.keep from merged m where s.artist_id = m.gone
    and not exists (select 1 from songs k where k.artist_id = m.keep and k.normalized_title = s.normalized_title)
), covers as (
  update songs s set cover_of = m.keep from merged m where s.cover_of = m.gone and s.artist_id <> m.gone
), tours as (
  update tours t set artist_id = m.keep from merged m where t.artist_id = m.gone
    and not exists (select 1 from tours k where k.artist_id = m.keep and md5(lower(k.name)) = md5(lower(t.name)))
), overrides as (
  update field_overrides o set entity_id = m.keep from merged m where o.entity_kind = 'artist' and o.entity_id = m.gone
    and not exists (select 1 from field_overrides k where k.entity_kind = 'artist' and k.entity_id = m.keep and k.field = o.field)
), earlier as (
  update merged_entities e set keep_id = m.keep from merged m where e.entity_kind = 'artist' and e.keep_id = m.gone
), addresses as (
  insert into merged_entities (entity_kind, gone_id, keep_id) select 'artist', m.gone, m.keep from merged m on conflict do nothing
), recordings as (
  update song_recordings r set artist_id = m.keep from merged m where r.artist_id = m.gone
)
delete from artists a using merged m where a.id = m.gone
