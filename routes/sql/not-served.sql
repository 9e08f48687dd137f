-- A source does not serve what a request tried: remembered, and every request that waits for the same is asked as its
-- "instead" says, or not at all. The request that has tried it is one of them.
with noted as (
  insert into source_features (source, feature, served)
  values (:?${exchangeProperty.source}, :?${exchangeProperty.tries}, false)
  on conflict (source, feature) do update set served = false, noted_at = now()
)
update sync_requests r
set request = (r.request - 'tries' - 'instead') || coalesce(r.request -> 'instead', '{}'),
  state = case when jsonb_exists(r.request, 'instead') then 'planned' else 'done' end,
  note = :?${exchangeProperty.reason}, lease_owner = null, lease_until = null
where r.source = :?${exchangeProperty.source} and r.request ->> 'tries' = :?${exchangeProperty.tries}
  and (r.state = 'planned'
    or (r.run_id = cast(:?${exchangeProperty.run} as uuid) and r.n = cast(:?${exchangeProperty.n} as integer)
      and r.token = cast(:?${exchangeProperty.token} as bigint) and r.state = 'running'))
