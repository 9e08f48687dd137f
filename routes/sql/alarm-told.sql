-- The webhook has taken it; that an alarm has ended is told at once after that it began.
update alarms
set raised_told = coalesce(raised_told, now()),
  ended_told = case when :?state = 'ended' then now() else ended_told end, tries = 0, next_try_at = now()
where id = cast(:?id as bigint)
