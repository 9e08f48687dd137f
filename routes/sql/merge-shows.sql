-- Shows that turned out to be one: setlists with their votes and what changed go to the first, then the second goes.
with merged as (
  select r.keep, r.gone from jsonb_to_recordset(cast(:?show_merges as jsonb)) as r (keep uuid, gone uuid)
), setlists as (
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
)
delete from shows s using merged m where s.id = m.gone
