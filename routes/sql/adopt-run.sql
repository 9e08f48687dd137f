-- A run is a part of another one, which ends after it.
update sync_jobs set parent_id = cast(:?${exchangeProperty.parent} as uuid)
where id = cast(:?${body} as uuid) and parent_id is null and id <> cast(:?${exchangeProperty.parent} as uuid)
