-- The budget of a source as something that is planned: how fast it is being used, when it will be spent, and by how much calls are
-- slowed down at the moment.
alter table source_quota
  add column pace numeric not null default 1 constraint pace_is_1_to_8 check (pace between 1 and 8),
  add column paced_at timestamptz,
  add column slot_start timestamptz not null default now(),
  add column slot_used bigint not null default 0,
  add column slot_before bigint not null default 0;

-- By how much intervals grow over the last fifth before what is allowed is spent; what is asked for on demand is not slowed down.
create function slow_down(used bigint, allowed bigint, on_demand boolean) returns double precision language sql immutable as $$
  select case when not on_demand and used < allowed and (allowed - used) * 5 < allowed
    then least(10, 0.2 * allowed / (allowed - used)) else 1 end
$$;

-- A slot has ten minutes; the rate is that of this one and the one before. A source's day ends a minute before ours.
create view source_budget as
select q.source, q.daily_limit, case when w.over then 0 else q.used end as used,
  greatest(q.daily_limit - case when w.over then 0 else q.used end, 0) as remaining,
  case when w.over then null else q.window_start + interval '24 hours 1 minute' end as window_ends,
  r.per_second * 3600 as calls_an_hour,
  (select count(*) from sync_requests p where p.source = q.source and p.state in ('planned', 'running')) as planned,
  case when not w.over and r.per_second > 0 and q.used < q.daily_limit
      and now() + make_interval(secs => (q.daily_limit - q.used) / r.per_second) < q.window_start + interval '24 hours 1 minute'
    then now() + make_interval(secs => (q.daily_limit - q.used) / r.per_second) end as dry_at,
  q.pace, case when q.blocked_until > now() then q.blocked_until end as blocked_until,
  case when q.blocked_until > now() then q.reason end as reason, q.breaker, q.breaker_since
from source_quota q
cross join lateral (select q.window_start + interval '24 hours 1 minute' <= now() as over) w
cross join lateral (
  select cast(case when q.slot_start + interval '20 minutes' <= now() then 0
      else (q.slot_used + case when q.slot_start + interval '10 minutes' <= now() then 0 else q.slot_before end)
        / greatest(extract(epoch from now() - q.slot_start) + case when q.slot_before > 0 and q.slot_start + interval '10 minutes' > now() then 600 else 0 end, 60) end
    as double precision) as per_second
) r;
