-- The records of a kind that have landed since a moment, as new, changed or to be applied again; the last ones.
with arrived as (
  select c.id, max(p.fetched_at) as at
  from source_pages p cross join lateral unnest(p.changed) as c (id)
  where p.source = :?${exchangeProperty.source} and p.record_kind = :?${exchangeProperty.recordKind} and p.fetched_at >= cast(:?${exchangeProperty.since} as timestamptz)
  group by c.id
)
select r.source, r.record_kind as kind, r.source_id as id, r.state, r.error
from arrived a
join source_records r on r.source = :?${exchangeProperty.source} and r.record_kind = :?${exchangeProperty.recordKind} and r.source_id = a.id
where not r.held_back
order by a.at desc, a.id
limit cast(:?${properties:guard.sample-records} as integer)
