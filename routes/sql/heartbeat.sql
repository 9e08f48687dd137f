-- This node is at work; what nodes held that have been silent for too long goes back to the plan, under the token that fences
-- them off. Answers whom that was. A node that could not be heard itself judges nobody: the database was away for all.
with here as (
  insert into nodes (name, roles, workers)
  values (:?${properties:backline.node}, string_to_array(:?${properties:backline.roles}, ','), string_to_array(:?${bean:workers?method=running}, ','))
  on conflict (name) do update set seen_at = now(), roles = excluded.roles, workers = excluded.workers
), silent as (
  delete from nodes
  where seen_at < now() - make_interval(secs => cast(:?${properties:nodes.silent-seconds} as integer))
    and name <> :?${properties:backline.node}
    and exists (select 1 from nodes me where me.name = :?${properties:backline.node}
      and me.seen_at > now() - make_interval(secs => cast(:?${properties:nodes.silent-seconds} as integer)))
  returning name
), freed as (
  update sync_requests r
  set state = 'planned', lease_owner = null, lease_until = null
  from silent
  where r.state = 'running' and r.lease_owner = silent.name
  returning r.lease_owner, silent.name
)
select silent.name, (select count(*) from freed f where f.name = silent.name) as requests from silent
