-- Counts a call before it leaves and says how many milliseconds it has to wait for its turn; where it may not leave, until when and why.
-- One call fewer than the limit fits into a second, evenly spaced: so a call that comes late to its turn, as the first
-- one of a new process does, never makes one too many with those behind it. The source's day ends a minute before ours.
-- What is not on demand leaves a reserve, and slows down over the last fifth before it. A source in trouble has a pace above 1.
with spacing as (
  select interval '1.05 seconds' / greatest(cast(:?${exchangeProperty.perSecond} as double precision) - 1, 0.8) as gap,
    interval '24 hours 1 minute' as day, p.priority = 1 as on_demand,
    case when p.priority = 1 then cast(:?${exchangeProperty.perDay} as bigint)
      else cast(:?${exchangeProperty.perDay} as bigint) * (100 - cast(:?${properties:quota.reserve-percent} as integer)) / 100 end as allowed
  from (select coalesce(cast(:?${exchangeProperty.priority} as integer), 1) as priority) p
), taken as (
  insert into source_quota as q (source, used, daily_limit, next_call_at, slot_used)
  select :?${exchangeProperty.source}, 1, cast(:?${exchangeProperty.perDay} as bigint), clock_timestamp() + gap, 1 from spacing
  on conflict (source) do update
  set used = case when q.window_start + (select day from spacing) <= now() then 1 else q.used + 1 end,
    window_start = case when q.window_start + (select day from spacing) <= now() then now() else q.window_start end,
    daily_limit = excluded.daily_limit,
    next_call_at = greatest(q.next_call_at, clock_timestamp()) + (select gap * least(10, cast(q.pace as double precision)
      * slow_down(case when q.window_start + day <= now() then 0 else q.used end, allowed, on_demand)) from spacing),
    slot_before = case when q.slot_start + interval '20 minutes' <= now() then 0
      when q.slot_start + interval '10 minutes' <= now() then q.slot_used else q.slot_before end,
    slot_used = case when q.slot_start + interval '10 minutes' <= now() then 1 else q.slot_used + 1 end,
    slot_start = case when q.slot_start + interval '10 minutes' <= now() then now() else q.slot_start end,
    blocked_until = null, reason = null
  where (q.blocked_until is null or q.blocked_until <= now())
    and (q.used < (select allowed from spacing) or q.window_start + (select day from spacing) <= now())
  returning q.next_call_at, cast(q.pace as double precision) as pace, q.used
), limited as (   -- a limit that was lowered below what is spent is seen by the forecast and the alarm, too
  update source_quota q set daily_limit = cast(:?${exchangeProperty.perDay} as bigint)
  where q.source = :?${exchangeProperty.source} and q.daily_limit <> cast(:?${exchangeProperty.perDay} as bigint)
    and not exists (select 1 from taken)
)
select greatest(0, cast(extract(epoch from taken.next_call_at - spacing.gap * least(10, taken.pace * slow_down(taken.used - 1, spacing.allowed, spacing.on_demand)) - clock_timestamp()) * 1000 as bigint)) as wait,
  case when q.blocked_until > now() then q.blocked_until else q.window_start + spacing.day end as until,
  case when q.blocked_until > now() then coalesce(q.reason, 'parked')
    when q.used < cast(:?${exchangeProperty.perDay} as bigint) then 'of the daily limit of ' || cast(:?${exchangeProperty.perDay} as bigint) || ' calls only the reserve for what is asked for on demand is left'
    else 'the daily limit of ' || cast(:?${exchangeProperty.perDay} as bigint) || ' calls is spent' end as reason,
  taken.next_call_at is not null as granted, coalesce(taken.pace, 1) > 1 as slow
from spacing
left join taken on true
left join source_quota q on q.source = :?${exchangeProperty.source}
