-- Alarms of which the webhook has not been told that they began or ended; taken for a while, so that one node tells each.
update alarms a
set tries = a.tries + 1,
  next_try_at = now() + make_interval(secs => least(3600, cast(:?${properties:alarms.webhook-seconds} as integer) * power(2, least(a.tries, 20))))
from (
  select id from alarms
  where (raised_told is null or (ended_at is not null and ended_told is null)) and next_try_at <= now()
    and (ended_at is null or ended_at > now() - interval '1 day')   -- who begins to listen is not told what is long over
  order by id limit 20
  for update skip locked
) due
where a.id = due.id
returning a.id, a.kind, a.subject, a.message, case when a.raised_told is null then 'raised' else 'ended' end as state,
  to_char(a.since at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as since
