-- A source that answers slowly or says that it is asked too often is called at longer intervals, at most eight times as long; as
-- it recovers they shrink again, a tenth at a time and at most once a second.
update source_quota
set pace = case when cast(:?${exchangeProperty.paced} as text) = 'slower' then least(8, pace * 2) else greatest(1, round(pace * 0.9, 3)) end,
  paced_at = now()
where source = :?${exchangeProperty.source}
  and (paced_at is null or paced_at < now() - interval '1 second')
  and (cast(:?${exchangeProperty.paced} as text) = 'slower' or pace > 1)
