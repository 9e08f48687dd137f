-- Pairs of records that wait for a person, the best first, and what the entities of both are called: of one kind, one
-- entity, or all.
select p.entity_kind as kind, p.score, p.evidence, p.since,
  json_build_object('source', p.left_source, 'id', p.left_id, 'entity', l.entity_id, 'name', l.name) as "left",
  json_build_object('source', p.right_source, 'id', p.right_id, 'entity', r.entity_id, 'name', r.name) as "right"
from identity_pairs p
left join lateral (
  select k.entity_id, coalesce(a.name, nullif(concat_ws(', ', v.name, v.city, v.country_code), ''),
    concat_ws(', ', s.name, cast(s.local_date as text), w.name, w.city)) as name
  from source_links k
  left join artists a on k.entity_kind = 'artist' and a.id = k.entity_id
  left join venues v on k.entity_kind = 'venue' and v.id = k.entity_id
  left join shows s on k.entity_kind = 'show' and s.id = k.entity_id
  left join venues w on w.id = s.venue_id
  where k.entity_kind = p.entity_kind and k.source = p.left_source and k.source_id = p.left_id
) l on true
left join lateral (
  select k.entity_id, coalesce(a.name, nullif(concat_ws(', ', v.name, v.city, v.country_code), ''),
    concat_ws(', ', s.name, cast(s.local_date as text), w.name, w.city)) as name
  from source_links k
  left join artists a on k.entity_kind = 'artist' and a.id = k.entity_id
  left join venues v on k.entity_kind = 'venue' and v.id = k.entity_id
  left join shows s on k.entity_kind = 'show' and s.id = k.entity_id
  left join venues w on w.id = s.venue_id
  where k.entity_kind = p.entity_kind and k.source = p.right_source and k.source_id = p.right_id
) r on true
where p.state = 'review' and p.entity_kind = coalesce(cast(:?kind as text), p.entity_kind)
  and (cast(:?entity as uuid) is null or cast(:?entity as uuid) in (l.entity_id, r.entity_id))
order by p.score desc, p.entity_kind, p.left_source, p.left_id, p.right_source, p.right_id
limit cast(:?most as integer)
