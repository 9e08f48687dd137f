-- Shows that turned out to be one: setlists with their votes and what changed go to the first, then the second goes. Answers the
-- artists of songs that were named at the second.
with merged as (
  select r.keep, r.gone from jsonb_to_recordset(cast(:?show_merges as jsonb)) as r (keep uuid, gone uuid)
), moved as (
  update setlists l set show_id = m.keep from merged m where l.show_id = m.gone
    and not exists (select 1 from setlists k where k.show_id = m.keep and k.kind = l.kind)
), changes as (
  update show_changes c set show_id = m.keep from merged m where c.show_id = m.gone
), overrides as (
  update field_overrides o set entity_id = m.keep from merged m where o.entity_kind = 'show' and o.entity_id = m.gone
    and not exists (select 1 from field_overrides k where k.entity_kind = 'show' and k.entity_id = m.keep and k.field = o.field)
), earlier as (
  update merged_entities e set keep_id = m.keep from merged m where e.entity_kind = 'show' and e.keep_id = m.gone
), addresses as (
  insert into merged_entities (entity_kind, gone_id, keep_id) select 'show', m.gone, m.keep from merged m on conflict do nothing
), gone as (
  delete from shows s using merged m where s.id = m.gone
)
select distinct cast(s.artist_id as text) as artist_id
from merged m join setlists l on l.show_id = m.gone join setlist_songs x on x.setlist_id = l.id join songs s on s.id = x.song_id
