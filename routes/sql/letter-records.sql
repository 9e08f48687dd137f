-- The next page of records with an open letter: of one letter, of one cause, or all of a source.
select d.source, d.record_kind as kind, d.source_id as id
from dead_letters d
where d.state = 'open' and d.source = :?recordSource and d.record_kind <> 'request'
  and (d.record_kind, d.source_id) > (:?afterKind, :?afterId)
  and (cast(:?letter as bigint) is null or d.id = cast(:?letter as bigint))
  and (cast(:?cause as text) is null or d.cause = cast(:?cause as text))
order by d.record_kind, d.source_id
limit cast(:?${properties:apply.sweep-records} as integer)
