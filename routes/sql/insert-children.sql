-- The narrower requests that take the place of one that paging cannot reach the end of, or those that a page leads to; they are of the
-- same step.
insert into sync_requests (run_id, n, parent_n, source, record_kind, request)
select last.run_id, last.n + child.i, cast(:?${exchangeProperty.n} as integer), :?${exchangeProperty.source}, child.request ->> 'kind',
  case when parent.step is null then child.request else child.request || jsonb_build_object('step', parent.step) end
from (select r.run_id, max(r.n) as n from sync_requests r where r.run_id = cast(:?${exchangeProperty.run} as uuid) group by 1) last
join lateral (select p.request ->> 'step' as step from sync_requests p
  where p.run_id = last.run_id and p.n = cast(:?${exchangeProperty.n} as integer)) parent on true
cross join jsonb_array_elements(cast(:?${exchangeProperty.children} as jsonb)) with ordinality as child (request, i)
