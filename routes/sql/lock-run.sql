-- Further requests of a run are numbered by one page at a time; a statement of its own, so that the next one sees what
-- the page before has numbered.
select id from sync_jobs where id = cast(:?${exchangeProperty.run} as uuid) for update
