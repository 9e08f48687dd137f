-- The source asked for a long pause: nobody calls it before then, whatever restarts.
update source_quota
set blocked_until = greatest(blocked_until, cast(:?${exchangeProperty.until} as timestamptz)), reason = :?${exchangeProperty.reason}
where source = :?${exchangeProperty.source}
