-- The cached answer to a request; an expired one only where the source can be asked whether it still holds. A body that is in
-- memory already does not come again.
select c.fetched_at, c.expires_at > now() as fresh, c.etag,
  case when c.fetched_at is distinct from cast(:?${exchangeProperty.cacheKnown} as timestamptz) then c.body end as body
from cached_answers c
where c.source = :?${exchangeProperty.source} and c.key = md5(:?${exchangeProperty.cacheRequest})
  and c.request = :?${exchangeProperty.cacheRequest} and (c.expires_at > now() or c.etag is not null)
