-- The next page of stored records to run through the mappings again, in the order of their keys. What is landed
-- anyway is left to the run that landed it, and what a job keeps back stays back: no mapping has refused it.
select r.source, r.record_kind as kind, r.source_id as id, r.state, r.error
from source_records r
where r.source = :?recordSource
  and r.record_kind between coalesce(cast(:?recordKind as text), '') and coalesce(cast(:?recordKind as text), chr(1114111))
  and (r.record_kind, r.source_id) > (:?afterKind, :?afterId)
  and r.state <> 'landed' and not r.held_back
order by r.record_kind, r.source_id
limit cast(:?${bean:batchSize?method=records} as integer)
