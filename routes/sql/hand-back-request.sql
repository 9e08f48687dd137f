-- Gives a request back unharmed: the source may not be called before :?until.
update sync_requests
set state = 'planned', lease_owner = null, lease_until = null,
  not_before = cast(:?${exchangeProperty.until} as timestamptz), note = :?${exchangeProperty.reason}
where run_id = cast(:?${exchangeProperty.run} as uuid) and n = cast(:?${exchangeProperty.n} as integer)
  and token = cast(:?${exchangeProperty.token} as bigint) and state = 'running'
