-- The limits of the settings as they are now, for the forecast and the alarm; where one was raised, what waits for the end of the day
-- goes on. Parameters are what the settings say (alarms/Alarms.java).
with limits as (
  select l.source, l.daily, l.usual
  from unnest(cast(:?sources as text[]), cast(:?sourceLimits as bigint[]), cast(:?sourceUsual as bigint[])) as l (source, daily, usual)
), changed as (
  update source_quota q set daily_limit = l.daily from limits l where q.source = l.source and q.daily_limit <> l.daily
)
update sync_requests r set not_before = now()
from limits l join source_budget b on b.source = l.source
where r.source = l.source and r.state = 'planned' and r.not_before = b.window_ends and b.used < l.usual and b.blocked_until is null
