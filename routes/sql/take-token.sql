-- Counts a call before it leaves and says how many milliseconds it has to wait for its turn; where it may not leave, until when and why.
-- One call fewer than the limit fits into a second, evenly spaced: so a call that comes late to its turn, as the first
-- one of a new process does, never makes one too many with those behind it. The source's day ends a minute before ours.
with spacing as (
  select interval '1.05 seconds' / greatest(cast(:?${exchangeProperty.perSecond} as double precision) - 1, 0.8) as gap,
    interval '24 hours 1 minute' as day
), taken as (
  insert into source_quota as q (source, used, daily_limit, next_call_at)
  select :?${exchangeProperty.source}, 1, cast(:?${exchangeProperty.perDay} as bigint), clock_timestamp() + gap from spacing
  on conflict (source) do update
  set used = case when q.window_start + (select day from spacing) <= now() then 1 else q.used + 1 end,
    window_start = case when q.window_start + (select day from spacing) <= now() then now() else q.window_start end,
    daily_limit = excluded.daily_limit,
    next_call_at = greatest(q.next_call_at, clock_timestamp()) + (select gap from spacing),
    blocked_until = null, reason = null
  where (q.blocked_until is null or q.blocked_until <= now())
    and (q.used < excluded.daily_limit or q.window_start + (select day from spacing) <= now())
  returning q.next_call_at
)
select greatest(0, cast(extract(epoch from taken.next_call_at - spacing.gap - clock_timestamp()) * 1000 as bigint)) as wait,
  case when q.blocked_until > now() then q.blocked_until else q.window_start + spacing.day end as until,
  case when q.blocked_until > now() then coalesce(q.reason, 'parked') else 'the daily limit of ' || q.daily_limit || ' calls is spent' end as reason,
  taken.next_call_at is not null as granted
from spacing
left join taken on true
left join source_quota q on q.source = :?${exchangeProperty.source}
