-- The sources one of whose requests is due, as claim-request.sql would find it: asked once for all sources and all their hands.
select s.source as name
from unnest(cast(:?${bean:requests?method=callable} as text[])) as s (source)
where exists (
  select 1 from sync_requests r
  where r.source = s.source
    and (r.state = 'planned' or (r.state = 'running' and r.lease_until < now()))
    and r.not_before <= now()
    and (not exists (select 1 from source_quota q where q.source = r.source and q.blocked_until > now())
      or r.request @> '{"cached": true}')
)
