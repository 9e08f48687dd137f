-- Which entity each record of a batch belongs to, and why.
insert into source_links as l (entity_kind, source, source_id, entity_id, method, evidence)
select r.entity_kind, r.source, r.source_id, r.entity_id, r.method, r.evidence
from json_to_recordset(cast(:?links as json)) as r (entity_kind text, source text, source_id text, entity_id uuid,
  method text, evidence jsonb)
order by r.entity_kind, r.source, r.source_id
on conflict (entity_kind, source, source_id) do update
set entity_id = excluded.entity_id, method = excluded.method, evidence = excluded.evidence, decided_at = now()
where (l.entity_id, l.method, l.evidence) is distinct from (excluded.entity_id, excluded.method, excluded.evidence)
  and l.decided_by = 'rule'
