-- A request that failed for good, as a dead letter.
insert into dead_letters as d (route, source, record_kind, source_id, cause, error, payload, attempts, run_id, upstream_status, passing)
values (:?${exchangeProperty.failedRoute}, :?${exchangeProperty.source}, 'request', :?${exchangeProperty.run} || '/' || :?${exchangeProperty.n},
  :?${exchangeProperty.cause}, :?${exchangeProperty.reason}, :?${exchangeProperty.request}, cast(:?${header.failed[attempts]} as integer),
  cast(:?${exchangeProperty.run} as uuid), cast(:?${exchangeProperty.upstreamStatus} as integer),
  not cast(:?${exchangeProperty.hopeless} as boolean))
on conflict (source, record_kind, source_id) where state = 'open'
do update set attempts = excluded.attempts, last_failed = now(), error = excluded.error, cause = excluded.cause,
  upstream_status = excluded.upstream_status, passing = excluded.passing
