-- Shows that turned out to be one: what changed, and what a person has set, goes to the first, then the second goes (setlists have:
-- merge-setlists.sql). Answers the artists of songs that were named at the second.
with merged as (
  select r.keep, r.gone from jsonb_to_recordset(cast(:?show_merges as jsonb)) as r (keep uuid, gone uuid)
), changes as (
  update show_changes c set show_id = m.keep from merged m where c.show_id = m.gone
), overrides as (   -- what was set last, where it is set at several
  update field_overrides o set entity_id = f.keep
  from (
    select distinct on (m.keep, x.field) m.keep, x.entity_id, x.field
    from merged m join field_overrides x on x.entity_kind = 'show' and x.entity_id = m.gone
    where not exists (select 1 from field_overrides k where k.entity_kind = 'show' and k.entity_id = m.keep and k.field = x.field)
    order by m.keep, x.field, x.set_at desc, x.entity_id
  ) f
  where o.entity_kind = 'show' and o.entity_id = f.entity_id and o.field = f.field
), earlier as (
  update merged_entities e set keep_id = m.keep from merged m where e.entity_kind = 'show' and e.keep_id = m.gone
), addresses as (
  insert into merged_entities (entity_kind, gone_id, keep_id) select 'show', m.gone, m.keep from merged m on conflict do nothing
), gone as (
  delete from shows s using merged m where s.id = m.gone
)
select distinct cast(s.artist_id as text) as artist_id
from merged m join setlists l on l.show_id = m.gone join setlist_songs x on x.setlist_id = l.id join songs s on s.id = x.song_id
