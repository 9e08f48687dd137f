-- The same run or task is planned by one at a time; a statement of its own, so that the next one sees what the one before has planned.
select pg_advisory_xact_lock(hashtext('backline task ' || :?${exchangeProperty.job} || :?${exchangeProperty.parametersJson}))
