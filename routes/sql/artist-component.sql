-- Every artist record that shares a trusted id with the batch, directly or through others, and every record
-- that belongs to the same artist today; each with its trusted ids and its artist. Each look-up is one of its own
-- (lateral), so that the planner never reads all keys or links for the few of a batch.
with recursive component (source, source_id) as (
  select :?${exchangeProperty.source}, n.id from unnest(cast(:?artist_ids as text[])) as n (id)
  union
  select k.source, k.source_id
  from unnest(cast(:?artist_keys as text[])) as n (key)
  cross join lateral (
    select x.source, x.source_id from identity_keys x where x.entity_kind = 'artist' and x.key = n.key offset 0
  ) k
  union
  select found.source, found.source_id
  from component c
  cross join lateral (
    select other.source, other.source_id
    from identity_keys own
    join identity_keys other on other.entity_kind = 'artist' and other.key = own.key
    where own.entity_kind = 'artist' and own.source = c.source and own.source_id = c.source_id
    union all
    select other.source, other.source_id
    from source_links own
    join source_links other on other.entity_kind = 'artist' and other.entity_id = own.entity_id
    where own.entity_kind = 'artist' and own.source = c.source and own.source_id = c.source_id
  ) found
)
select c.source, c.source_id, cast(l.entity_id as text) as entity_id,
  coalesce((select array_agg(k.key order by k.key) from identity_keys k
    where k.entity_kind = 'artist' and k.source = c.source and k.source_id = c.source_id), '{}') as keys
from component c
left join lateral (
  select x.entity_id from source_links x
  where x.entity_kind = 'artist' and x.source = c.source and x.source_id = c.source_id
  limit 1
) l on true
