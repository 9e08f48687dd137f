-- Records of some kinds that an edit has judged which was taken back: what has landed since it was taken, and in the minute before,
-- which may still have waited; and what failed since, also where it was stored before (a remap). They are applied again by the sweep.
with arrived as (
  select d.source, d.record_kind, d.source_id as id
  from unnest(cast(:?sources as text[]), cast(:?kinds as text[])) as k (source, kind)
  join dead_letters d on d.source = k.source and d.record_kind = k.kind and d.state = 'open'
    and d.last_failed >= cast(:?since as timestamptz)
  union
  select p.source, p.record_kind, c.id
  from unnest(cast(:?sources as text[]), cast(:?kinds as text[])) as k (source, kind)
  join source_pages p on p.source = k.source and p.record_kind = k.kind
    and not cast(:?late as boolean) and p.fetched_at >= cast(:?since as timestamptz) - interval '1 minute'
  cross join lateral unnest(p.changed) as c (id)
), again as (
  update source_records r
  set state = 'landed', error = null
  from arrived a
  where r.source = a.source and r.record_kind = a.record_kind and r.source_id = a.id and r.state <> 'landed' and not r.held_back
  returning 1
)
select count(*) from again
