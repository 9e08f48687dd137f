-- Dead letters of records; a record has one open letter, which counts its attempts.
insert into dead_letters as d (route, source, record_kind, source_id, cause, error, payload)
select r.route, r.source, r.kind, r.id, r.cause, r.error, r.payload
from jsonb_to_recordset(cast(:?letters as jsonb)) as r (route text, source text, kind text, id text, cause text, error text, payload text)
on conflict (source, record_kind, source_id) where state = 'open'
do update set attempts = d.attempts + 1, last_failed = now(), error = excluded.error, cause = excluded.cause,
  payload = excluded.payload
