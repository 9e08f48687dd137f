-- What is left of a source's day for what is not on demand: without the reserve, and without what is planned already.
select greatest(0, b.remaining - b.daily_limit * cast(:?reserve as integer) / 100 - b.planned) as left, b.window_ends
from source_budget b
where b.source = :?source
