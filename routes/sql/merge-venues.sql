-- Venues that turned out to be one: everything of the second goes to the first, then the second goes.
with merged as (
  select r.keep, r.gone from jsonb_to_recordset(cast(:?venue_merges as jsonb)) as r (keep uuid, gone uuid)
), shows as (
  update shows s set venue_id = m.keep, updated_at = now() from merged m where s.venue_id = m.gone
), parts as (
  update venues v set parent_id = m.keep from merged m where v.parent_id = m.gone and v.id <> m.keep
), overrides as (   -- what was set last, where it is set at several
  update field_overrides o set entity_id = f.keep
  from (
    select distinct on (m.keep, x.field) m.keep, x.entity_id, x.field
    from merged m join field_overrides x on x.entity_kind = 'venue' and x.entity_id = m.gone
    where not exists (select 1 from field_overrides k where k.entity_kind = 'venue' and k.entity_id = m.keep and k.field = x.field)
    order by m.keep, x.field, x.set_at desc, x.entity_id
  ) f
  where o.entity_kind = 'venue' and o.entity_id = f.entity_id and o.field = f.field
), earlier as (
  update merged_entities e set keep_id = m.keep from merged m where e.entity_kind = 'venue' and e.keep_id = m.gone
), addresses as (
  insert into merged_entities (entity_kind, gone_id, keep_id) select 'venue', m.gone, m.keep from merged m on conflict do nothing
)
delete from venues v using merged m where v.id = m.gone
