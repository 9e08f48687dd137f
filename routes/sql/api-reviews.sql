-- A page of pairs of records that may be one entity and wait for a person, the best first, as one JSON document: what speaks for
-- and against, and both sides as the catalogue shows them.
with found as not materialized (
  select p.entity_kind, p.left_source, p.left_id, p.right_source, p.right_id, p.score, p.evidence, p.since
  from identity_pairs p
  where p.state = 'review' and p.entity_kind = coalesce(cast(:?kind as text), p.entity_kind)
), page as materialized (
  select * from found order by score desc, entity_kind, left_source, left_id, right_source, right_id
  limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
), sides as (
  select k.entity_kind, k.source, k.source_id, k.entity_id as id,
    case k.entity_kind
      when 'artist' then json_build_object('name', a.name, 'genres', a.genres,
        'known', (select count(*) || ' shows' from show_artists l where l.artist_id = a.id))
      when 'venue' then json_build_object('name', v.name, 'where', concat_ws(', ', v.address, v.city, v.state, v.country_code),
        'known', (select count(*) || ' shows' from shows s where s.venue_id = v.id))
      else json_build_object('name', s.name, 'when', concat_ws(' ', s.local_date, to_char(s.local_time, 'HH24:MI')),
        'where', concat_ws(', ', w.name, w.city, w.country_code),
        'known', (select string_agg(h.name, ', ' order by l.position) from show_artists l join artists h on h.id = l.artist_id
          where l.show_id = s.id))
    end as shown
  from (
    select entity_kind, left_source as source, left_id as source_id from page
    union select entity_kind, right_source, right_id from page
  ) as r
  join source_links k using (entity_kind, source, source_id)
  left join artists a on k.entity_kind = 'artist' and a.id = k.entity_id
  left join venues v on k.entity_kind = 'venue' and v.id = k.entity_id
  left join shows s on k.entity_kind = 'show' and s.id = k.entity_id
  left join venues w on w.id = s.venue_id
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'kind', p.entity_kind, 'score', p.score, 'evidence', p.evidence, 'since', p.since,
          'left', json_build_object('source', p.left_source, 'sourceId', p.left_id, 'id', l.id, 'shown', l.shown),
          'right', json_build_object('source', p.right_source, 'sourceId', p.right_id, 'id', r.id, 'shown', r.shown))
        order by p.score desc, p.entity_kind, p.left_source, p.left_id, p.right_source, p.right_id)
      from page p
      left join sides l on (l.entity_kind, l.source, l.source_id) = (p.entity_kind, p.left_source, p.left_id)
      left join sides r on (r.entity_kind, r.source, r.source_id) = (p.entity_kind, p.right_source, p.right_id)), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer)) as text) as document, counted.total
from counted
