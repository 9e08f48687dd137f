-- Whether a request of a source is due, as claim-request.sql would find one: asked once where several hands would.
select exists (
  select 1 from sync_requests r
  where r.source = :?${exchangeProperty.source}
    and (r.state = 'planned' or (r.state = 'running' and r.lease_until < now()))
    and r.not_before <= now()
    and (not exists (select 1 from source_quota q where q.source = r.source and q.blocked_until > now())
      or r.request @> '{"cached": true}')
) as due
