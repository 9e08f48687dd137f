-- How many open letters are meant, by source, of records and of requests: of one letter, of one cause, or all.
select source, record_kind = 'request' as request, cast(sum(letters) as bigint) as letters
from (
  select source, record_kind, letters
  from letter_counts
  where cast(:?${exchangeProperty.letter} as bigint) is null and state = 'open'
    and (cast(:?${exchangeProperty.cause} as text) is null or cause = cast(:?${exchangeProperty.cause} as text))
  union all
  select source, record_kind, 1 from dead_letters where id = cast(:?${exchangeProperty.letter} as bigint) and state = 'open'
) meant
group by 1, 2 having sum(letters) > 0
order by 1, 2
