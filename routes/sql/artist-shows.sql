-- Where some artist records have played or will: day and venue, the venue as the catalogue knows it; at most 300 each.
select n.source, n.id as source_id, s.day || '|' || l.entity_id as show
from unnest(cast(:?sources as text[]), cast(:?ids as text[])) as n (source, id)
cross join lateral (
  select x.source_id, right(x.key, 10) as day from identity_keys x
  where x.entity_kind = 'show' and x.source = n.source and x.key >= 'r:' || n.id || '|' and x.key < 'r:' || n.id || '}'
  order by x.key
  limit 300
) s
cross join lateral (
  select substr(x.key, 3, length(x.key) - 13) as venue from identity_keys x
  where x.entity_kind = 'show' and x.source = n.source and x.source_id = s.source_id and x.key like 'p:%'
  limit 1
) place
cross join lateral (
  select x.entity_id from source_links x
  where x.entity_kind = 'venue' and x.source = n.source and x.source_id = place.venue
  limit 1
) l
