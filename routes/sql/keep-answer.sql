-- Keeps an answer, if each of its records still stands as the answer shows it: one that somebody is just writing is not waited
-- for, and who writes one later finds the answer and drops it. Records without a fingerprint were shown, not landed.
with shown as (
  select n.kind, n.id, n.fingerprint
  from unnest(cast(:?kinds as text[]), cast(:?ids as text[]), cast(:?fingerprints as bytea[])) as n (kind, id, fingerprint)
), held as (
  select r.source_id
  from shown s
  join source_records r on r.source = :?${exchangeProperty.source} and r.record_kind = s.kind and r.source_id = s.id
    and r.fingerprint = s.fingerprint
  for share of r skip locked
)
insert into cached_answers (source, request, body, etag, ids, fetched_at, expires_at)
select :?${exchangeProperty.source}, :?${exchangeProperty.cacheRequest}, cast(:?${exchangeProperty.cacheKeep} as bytea),
  cast(:?${exchangeProperty.cacheEtag} as text), array(select s.kind || ' ' || s.id from shown s), now(),
  now() + make_interval(secs => cast(:?${properties:cache.stored-seconds} as integer))
where (select count(*) from held) = (select count(fingerprint) from shown)
on conflict (source, key) do update   -- one that has expired; who lands a page has dropped it before
set body = excluded.body, etag = excluded.etag, ids = excluded.ids, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at
where cached_answers.expires_at <= now()
