-- Dead letters of records; a record has one open letter, which counts its attempts.
insert into dead_letters as d (route, source, record_kind, source_id, cause, error, payload, run_id, entity_kind, entity_id)
select r.route, r.source, r.kind, r.id, r.cause, r.error, r.payload, s.run_id, r.entity, l.entity_id
from jsonb_to_recordset(cast(:?letters as jsonb)) as r (route text, source text, kind text, id text, entity text, cause text, error text, payload text)
left join lateral (
  select x.run_id from source_records x
  where x.source = r.source and x.record_kind = r.kind and x.source_id = r.id
  limit 1
) s on true
left join lateral (
  select x.entity_id from source_links x
  where x.entity_kind = r.entity and x.source = r.source and x.source_id = r.id
  limit 1
) l on true
on conflict (source, record_kind, source_id) where state = 'open'
do update set attempts = d.attempts + 1, last_failed = now(), error = excluded.error, cause = excluded.cause,
  payload = excluded.payload, route = excluded.route, run_id = excluded.run_id, entity_kind = excluded.entity_kind,
  entity_id = excluded.entity_id
