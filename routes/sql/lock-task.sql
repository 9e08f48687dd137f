-- The same task is queued by one at a time; a statement of its own, so that the next one sees what the one before has queued.
select pg_advisory_xact_lock(hashtext('backline task ' || :?${exchangeProperty.job} || :?${exchangeProperty.parametersJson}))
