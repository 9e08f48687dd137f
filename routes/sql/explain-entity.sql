-- What an artist, a venue or a show is made of: its records and why they belong, what people set and said, what it took in.
select (
    select coalesce(json_agg(json_build_object('source', l.source, 'id', l.source_id, 'kind', r.record_kind,
      'method', l.method, 'score', l.score, 'evidence', coalesce(l.evidence, '[]'), 'decidedBy', l.decided_by,
      'decidedAt', l.decided_at, 'state', r.state, 'firstSeen', r.first_seen, 'lastChanged', r.last_changed)
      order by l.source, l.source_id), '[]')
    from source_links l
    left join jsonb_to_recordset(cast(:?record_kinds as jsonb)) as k (source text, record_kind text) on k.source = l.source
    left join source_records r on r.source = l.source and r.record_kind = k.record_kind and r.source_id = l.source_id
    where l.entity_kind = :?kind and l.entity_id = cast(:?entity as uuid)) as records,
  (
    select coalesce(json_object_agg(o.field, json_build_object('value', o.value, 'setAt', o.set_at) order by o.field), '{}')
    from field_overrides o where o.entity_kind = :?kind and o.entity_id = cast(:?entity as uuid)) as overrides,
  (
    select coalesce(json_agg(json_build_object('same', v.same, 'leftSource', v.left_source, 'leftId', v.left_id,
      'rightSource', v.right_source, 'rightId', v.right_id, 'decidedAt', v.decided_at) order by v.decided_at, v.left_id, v.right_id), '[]')
    from verdicts v
    where v.entity_kind = :?kind and exists (
      select 1 from source_links l where l.entity_kind = v.entity_kind and l.entity_id = cast(:?entity as uuid)
        and (l.source, l.source_id) in ((v.left_source, v.left_id), (v.right_source, v.right_id)))) as verdicts,
  (
    select coalesce(json_agg(json_build_object('id', m.gone_id, 'mergedAt', m.merged_at) order by m.merged_at, m.gone_id), '[]')
    from merged_entities m where m.entity_kind = :?kind and m.keep_id = cast(:?entity as uuid)) as merged
