-- Counts a failed page, and lets its request wait, each time twice as long and with jitter; after the last attempt, or at once where
-- trying again is no use, the request has failed.
update sync_requests
set attempts = attempts + 1,
  state = case when cast(:?${exchangeProperty.hopeless} as boolean) or attempts + 1 >= cast(:?${properties:fetch.request-attempts} as integer) then 'failed' else 'planned' end,
  not_before = now() + make_interval(secs => cast(:?${properties:fetch.request-delay} as integer) * power(2, least(attempts, 10)) * (0.7 + 0.6 * random())),
  note = :?${exchangeProperty.reason}, lease_owner = null, lease_until = null
where run_id = cast(:?${exchangeProperty.run} as uuid) and n = cast(:?${exchangeProperty.n} as integer)
  and token = cast(:?${exchangeProperty.token} as bigint) and state = 'running'
returning state, attempts
