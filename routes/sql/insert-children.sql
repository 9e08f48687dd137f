-- The narrower requests that take the place of one that paging cannot reach the end of, or those that a page leads to.
with run as (select id from sync_jobs where id = cast(:?${exchangeProperty.run} as uuid) for update),
last as (select max(r.n) as n from sync_requests r, run where r.run_id = run.id)
insert into sync_requests (run_id, n, parent_n, source, record_kind, request)
select run.id, last.n + child.i, cast(:?${exchangeProperty.n} as integer), :?${exchangeProperty.source}, child.request ->> 'kind', child.request
from run, last, jsonb_array_elements(cast(:?${exchangeProperty.children} as jsonb)) with ordinality as child (request, i)
