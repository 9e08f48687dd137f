-- One node at a time counts the hands of a worker.
select pg_advisory_xact_lock(hashtext('backline worker ' || :?${exchangeProperty.worker}))
