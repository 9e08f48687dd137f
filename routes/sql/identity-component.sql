-- What records of one kind touch: the records that share a trusted id or an entity with them, directly or through
-- others (key null), and those that they find by a key that only says that they are worth comparing. Each look-up is
-- one of its own (lateral), so that the planner never reads all keys or links for the few of a batch.
with recursive close (source, source_id) as (
  select n.source, n.id from unnest(cast(:?sources as text[]), cast(:?ids as text[])) as n (source, id)
  union
  select k.source, k.source_id
  from unnest(cast(:?trusted as text[])) as n (key)
  cross join lateral (
    select x.source, x.source_id from identity_keys x
    where x.entity_kind = :?${exchangeProperty.entityKind} and x.key = n.key and x.trusted
    offset 0
  ) k
  union
  select found.source, found.source_id
  from close c
  cross join lateral (
    select other.source, other.source_id
    from identity_keys own
    join identity_keys other on other.entity_kind = own.entity_kind and other.key = own.key and other.trusted
    where own.entity_kind = :?${exchangeProperty.entityKind} and own.source = c.source and own.source_id = c.source_id and own.trusted
      and cast(:?trusting as boolean)   -- are there any of this kind?
    union all
    select other.source, other.source_id
    from source_links own
    join source_links other on other.entity_kind = own.entity_kind and other.entity_id = own.entity_id
    where own.entity_kind = :?${exchangeProperty.entityKind} and own.source = c.source and own.source_id = c.source_id
    union all
    select v.right_source, v.right_id from verdicts v
    where v.entity_kind = :?${exchangeProperty.entityKind} and v.left_source = c.source and v.left_id = c.source_id and v.same
    union all
    select v.left_source, v.left_id from verdicts v
    where v.entity_kind = :?${exchangeProperty.entityKind} and v.right_source = c.source and v.right_id = c.source_id and v.same
  ) found
), met as (
  select c.source, c.source_id, cast(null as text) as key from close c
  union all
  select k.source, k.source_id, n.key
  from unnest(cast(:?keys as text[]), cast(:?in as text[]), cast(:?except as text[])) as n (key, source, but)
  cross join lateral (
    select x.source, x.source_id from identity_keys x
    where x.entity_kind = :?${exchangeProperty.entityKind} and x.key = n.key
      and (n.source is null or x.source = n.source) and (n.but is null or x.source <> n.but)
    order by x.source, x.source_id
    limit 51
  ) k
)
select m.source, m.source_id, m.key, cast(l.entity_id as text) as entity_id,
  coalesce((select array_agg(k.key order by k.key) from identity_keys k
    where k.entity_kind = :?${exchangeProperty.entityKind} and k.source = m.source and k.source_id = m.source_id and k.trusted
      and cast(:?trusting as boolean)), '{}') as trusted
from met m
left join lateral (
  select x.entity_id from source_links x
  where x.entity_kind = :?${exchangeProperty.entityKind} and x.source = m.source and x.source_id = m.source_id
  limit 1
) l on true
