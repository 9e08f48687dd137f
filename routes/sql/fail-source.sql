-- The source refuses our key: what is still planned of this run for it cannot succeed.
update sync_requests
set state = 'failed', note = :?${exchangeProperty.reason}, lease_owner = null, lease_until = null
where run_id = cast(:?${exchangeProperty.run} as uuid) and source = :?${exchangeProperty.source} and state = 'planned'
