-- Values that people have set for some entities.
select n.kind as entity_kind, n.entity as entity_id, cast(o.fields as text) as fields
from unnest(cast(:?entity_kinds as text[]), cast(:?entities as text[])) as n (kind, entity)
cross join lateral (
  select jsonb_object_agg(x.field, x.value) as fields from field_overrides x
  where x.entity_kind = n.kind and x.entity_id = cast(n.entity as uuid)
) o
where o.fields is not null
