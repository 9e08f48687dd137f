-- What the windows cut from the same request have reported so far, and what that request itself reported.
select coalesce(sum(s.total), 0) as siblings, max(p.total) as parent
from sync_requests r
join sync_requests p on p.run_id = r.run_id and p.n = r.parent_n
left join sync_requests s on s.run_id = r.run_id and s.parent_n = r.parent_n and s.n <> r.n
where r.run_id = cast(:?${exchangeProperty.run} as uuid) and r.n = cast(:?${exchangeProperty.n} as integer)
