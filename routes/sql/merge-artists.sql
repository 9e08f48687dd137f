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
), titles as (   -- the songs of all of them, and which of the same title goes on: the keeper's, if it has one
  select s.id, s.artist_id, m.keep,
    first_value(s.id) over (partition by m.keep, s.normalized_title order by s.artist_id <> m.keep, s.id) as stays
  from (select keep, gone as artist_id from merged union select keep, keep from merged) m
  join songs s on s.artist_id = m.artist_id
), entries as (   -- a setlist suggests a song once
  select l.id, t.stays,
    l.suggested and (exists (select 1 from setlist_songs k where k.setlist_id = l.setlist_id and k.song_id = t.stays and k.suggested)
      or row_number() over (partition by l.setlist_id, t.stays, l.suggested order by l.votes desc, l.id) > 1) as twice
  from titles t join setlist_songs l on l.song_id = t.id
  where t.id <> t.stays
), played as (
  update setlist_songs l set song_id = e.stays from entries e where l.id = e.id and not e.twice
), songs as (
  update songs s set artist_id = t.keep from titles t where s.id = t.id and t.id = t.stays and s.artist_id <> t.keep
), covers as (
  update songs s set cover_of = m.keep from merged m where s.cover_of = m.gone and s.artist_id <> m.gone
), tours as (
  update tours t set artist_id = f.keep
  from (
    select distinct on (m.keep, md5(lower(x.name))) m.keep, x.id
    from merged m join tours x on x.artist_id = m.gone
    where not exists (select 1 from tours k where k.artist_id = m.keep and md5(lower(k.name)) = md5(lower(x.name)))
    order by m.keep, md5(lower(x.name)), x.id
  ) f
  where t.id = f.id
), overrides as (   -- what was set last, where it is set at several
  update field_overrides o set entity_id = f.keep
  from (
    select distinct on (m.keep, x.field) m.keep, x.entity_id, x.field
    from merged m join field_overrides x on x.entity_kind = 'artist' and x.entity_id = m.gone
    where not exists (select 1 from field_overrides k where k.entity_kind = 'artist' and k.entity_id = m.keep and k.field = x.field)
    order by m.keep, x.field, x.set_at desc, x.entity_id
  ) f
  where o.entity_kind = 'artist' and o.entity_id = f.entity_id and o.field = f.field
), earlier as (
  update merged_entities e set keep_id = m.keep from merged m where e.entity_kind = 'artist' and e.keep_id = m.gone
), addresses as (
  insert into merged_entities (entity_kind, gone_id, keep_id) select 'artist', m.gone, m.keep from merged m on conflict do nothing
), recordings as (
  update song_recordings r set artist_id = m.keep from merged m where r.artist_id = m.gone
)
delete from artists a using merged m where a.id = m.gone
