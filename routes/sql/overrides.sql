-- Values that people have set for some entities, or for one that they take in.
select f.entity_kind, f.entity_id, cast(jsonb_object_agg(f.field, f.value) as text) as fields
from (
  select distinct on (n.kind, n.entity, x.field) n.kind as entity_kind, n.entity as entity_id, x.field, x.value
  from unnest(cast(:?entity_kinds as text[]), cast(:?entities as text[]), cast(:?set_for as text[])) as n (kind, entity, set_for)
  cross join lateral (
    select o.field, o.value from field_overrides o
    where o.entity_kind = n.kind and o.entity_id = cast(n.set_for as uuid)
    offset 0
  ) x
  order by n.kind, n.entity, x.field, n.set_for = n.entity desc, n.set_for
) f
group by f.entity_kind, f.entity_id
