-- Stored records that are to be applied again: landed once more, as they are, under the run that asked for it;
-- and the page's line, so that the run's books hold them. What is landed anyway is left to the run that landed it.
with again as (
  update source_records r
  set state = 'landed', error = null, run_id = cast(:?${exchangeProperty.run} as uuid)
  from unnest(cast(:?kinds as text[]), cast(:?ids as text[])) as n (kind, id)
  where r.source = :?recordSource and r.record_kind = n.kind and r.source_id = n.id and r.state <> 'landed'
  returning r.source, r.record_kind, r.source_id, r.fingerprint, r.raw
), page as (
  insert into source_pages (run_id, source, record_kind, request_window, request_n, page, ids, changed)
  select cast(:?${exchangeProperty.run} as uuid), again.source, again.record_kind, :?${exchangeProperty.window},
    cast(:?${exchangeProperty.n} as integer), cast(:?${exchangeProperty.pageNumber} as integer),
    array_agg(again.source_id order by again.source_id), array_agg(again.source_id order by again.source_id)
  from again
  group by again.source, again.record_kind
)
select again.source, again.record_kind as kind, again.source_id as id, again.fingerprint, again.raw
from again
order by again.record_kind, again.source_id
