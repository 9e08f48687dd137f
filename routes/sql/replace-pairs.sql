-- Pairs that are open among the records that were weighed, in place of those that were.
with listed as (
  select r.entity_kind, r.left_source, r.left_id, r.right_source, r.right_id, r.score, r.evidence, r.state
  from jsonb_to_recordset(cast(:?open_pairs as jsonb)) as r (entity_kind text, left_source text, left_id text,
    right_source text, right_id text, score numeric, evidence jsonb, state text)
), judged as (
  select n.kind, n.source, n.id
  from unnest(cast(:?judged_kinds as text[]), cast(:?judged_sources as text[]), cast(:?judged_ids as text[])) as n (kind, source, id)
), stale as (
  select p.entity_kind, p.left_source, p.left_id, p.right_source, p.right_id
  from judged n
  cross join lateral (
    select x.* from identity_pairs x where x.entity_kind = n.kind and x.left_source = n.source and x.left_id = n.id
    union all
    select x.* from identity_pairs x where x.entity_kind = n.kind and x.right_source = n.source and x.right_id = n.id
  ) p
), gone as (
  delete from identity_pairs p using stale s
  where p.entity_kind = s.entity_kind and p.left_source = s.left_source and p.left_id = s.left_id
    and p.right_source = s.right_source and p.right_id = s.right_id
    and not exists (select 1 from listed l where l.entity_kind = p.entity_kind and l.left_source = p.left_source
      and l.left_id = p.left_id and l.right_source = p.right_source and l.right_id = p.right_id)
)
insert into identity_pairs as p (entity_kind, left_source, left_id, right_source, right_id, score, evidence, state)
select l.entity_kind, l.left_source, l.left_id, l.right_source, l.right_id, l.score, l.evidence, l.state from listed l
order by 1, 2, 3, 4, 5
on conflict (entity_kind, left_source, left_id, right_source, right_id) do update
set score = excluded.score, evidence = excluded.evidence, state = excluded.state
where (p.score, p.evidence, p.state) is distinct from (excluded.score, excluded.evidence, excluded.state)
