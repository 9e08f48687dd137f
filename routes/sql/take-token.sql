-- Counts a call before it leaves and says how many milliseconds it has to wait for its turn.
-- Calls are spaced a fifth wider than the limit, because networks shift them. No row: the source is parked or its day is spent.
insert into source_quota as q (source, used, daily_limit, next_call_at)
values (:?${exchangeProperty.source}, 1, cast(:?${exchangeProperty.perDay} as bigint),
  clock_timestamp() + interval '1.2 seconds' / cast(:?${exchangeProperty.perSecond} as double precision))
on conflict (source) do update
set used = case when q.window_start + interval '24 hours' <= now() then 1 else q.used + 1 end,
  window_start = case when q.window_start + interval '24 hours' <= now() then now() else q.window_start end,
  daily_limit = excluded.daily_limit,
  next_call_at = greatest(q.next_call_at, clock_timestamp())
    + interval '1.2 seconds' / cast(:?${exchangeProperty.perSecond} as double precision),
  blocked_until = null, reason = null
where (q.blocked_until is null or q.blocked_until <= now())
  and (q.used < excluded.daily_limit or q.window_start + interval '24 hours' <= now())
returning greatest(0, cast(extract(epoch from q.next_call_at - clock_timestamp()
  - interval '1.2 seconds' / cast(:?${exchangeProperty.perSecond} as double precision)) * 1000 as bigint)) as wait, q.used
