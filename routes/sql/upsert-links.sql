-- Which entity each record of a batch belongs to, and why.
insert into source_links as l (entity_kind, source, source_id, entity_id, method, score, evidence, decided_by)
select r.entity_kind, r.source, r.source_id, r.entity_id, r.method, r.score, r.evidence, r.decided_by
from json_to_recordset(cast(:?links as json)) as r (entity_kind text, source text, source_id text, entity_id uuid,
  method text, score numeric, evidence jsonb, decided_by text)
order by r.entity_kind, r.source, r.source_id
on conflict (entity_kind, source, source_id) do update
set entity_id = excluded.entity_id, method = excluded.method, score = excluded.score, evidence = excluded.evidence,
  decided_by = excluded.decided_by, decided_at = now()
where (l.entity_id, l.method, l.score, l.evidence, l.decided_by)
  is distinct from (excluded.entity_id, excluded.method, excluded.score, excluded.evidence, excluded.decided_by)
