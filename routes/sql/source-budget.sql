-- What is left of a source's day for what is not on demand: without the reserve, and without what is planned already. The limit
-- is that of the settings: the row has the one that the last call counted against.
select greatest(0, l.daily * (100 - cast(:?reserve as integer)) / 100 - b.used - b.planned) as left, b.window_ends
from source_budget b cross join (select cast(:?limit as bigint) as daily) l
where b.source = :?source
