-- The stored records of a kind that changed last. What a job keeps back is no sample: no mapping is asked for it.
select r.source, r.record_kind as kind, r.source_id as id, r.state, r.error
from source_records r
where r.source = :?${exchangeProperty.source} and r.record_kind = :?${exchangeProperty.recordKind} and not r.held_back
order by r.last_changed desc, r.source_id
limit cast(:?${properties:guard.sample-records} as integer)
