-- The narrower requests that take the place of one that paging cannot reach the end of, or those that a page leads to.
insert into sync_requests (run_id, n, parent_n, source, record_kind, request)
select last.run_id, last.n + child.i, cast(:?${exchangeProperty.n} as integer), :?${exchangeProperty.source}, child.request ->> 'kind', child.request
from (select r.run_id, max(r.n) as n from sync_requests r where r.run_id = cast(:?${exchangeProperty.run} as uuid) group by 1) last,
  jsonb_array_elements(cast(:?${exchangeProperty.children} as jsonb)) with ordinality as child (request, i)
