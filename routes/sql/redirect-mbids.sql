-- MBIDs of which a page has told that they lead to another one: its request named the old one, the answer the new one.
select count(*) filter (where redirect_mbid(r.key, r.value, :?${exchangeProperty.source})) as redirected
from jsonb_each_text(cast(:?${exchangeProperty.redirects} as jsonb)) r
