-- Ends the page: moves the request on, or closes it. No row means that the lease was lost; nothing of the page may stay.
update sync_requests
set cursor = cast(:?${exchangeProperty.next} as text),
  pages = pages + 1,
  total = coalesce(cast(:?${exchangeProperty.total} as bigint), total),
  note = null,
  shortfall = coalesce(cast(:?${exchangeProperty.shortfall} as text), shortfall),
  state = case when cast(:?${exchangeProperty.replaced} as boolean) then 'split'
               when cast(:?${exchangeProperty.next} as text) is null then 'done'
               else 'planned' end,
  not_before = case when cast(:?${exchangeProperty.next} as text) is null then not_before
    else now() + make_interval(secs => coalesce(cast(request ->> 'pause_ms' as numeric), 0) / 1000) end,
  lease_owner = null, lease_until = null, attempts = 0
where run_id = cast(:?${exchangeProperty.run} as uuid) and n = cast(:?${exchangeProperty.n} as integer)
  and token = cast(:?${exchangeProperty.token} as bigint) and state = 'running'
returning n
