-- The next page of records with an open letter: of one letter, of one cause, or all of a source. Each of the three by its own index.
select n.source, n.kind, n.id
from (
  (select d.source, d.record_kind as kind, d.source_id as id
   from (select * from dead_letters where id = cast(:?letter as bigint) offset 0) d   -- by its key, whatever else seems cheap
   where d.state = 'open' and d.source = :?recordSource and d.record_kind <> 'request'
     and (d.record_kind, d.source_id) > (:?afterKind, :?afterId))
  union all
  (select d.source, d.record_kind, d.source_id
   from dead_letters d
   where cast(:?letter as bigint) is null and d.cause = cast(:?cause as text)
     and d.state = 'open' and d.source = :?recordSource and d.record_kind <> 'request'
     and (d.record_kind, d.source_id) > (:?afterKind, :?afterId)
   order by d.record_kind, d.source_id
   limit cast(:?${bean:batchSize?method=records} as integer))
  union all
  (select d.source, d.record_kind, d.source_id
   from dead_letters d
   where cast(:?letter as bigint) is null and cast(:?cause as text) is null
     and d.state = 'open' and d.source = :?recordSource and d.record_kind <> 'request'
     and (d.record_kind, d.source_id) > (:?afterKind, :?afterId)
   order by d.record_kind, d.source_id
   limit cast(:?${bean:batchSize?method=records} as integer))
) n
order by n.kind, n.id
limit cast(:?${bean:batchSize?method=records} as integer)
