-- What this page showed, and which of it was new or changed; a line for each kind, one at least.
insert into source_pages (run_id, source, record_kind, request_window, request_n, page, ids, changed)
select cast(:?${exchangeProperty.run} as uuid), :?${exchangeProperty.source}, k.kind,
  :?${exchangeProperty.window}, cast(:?${exchangeProperty.n} as integer), cast(:?${exchangeProperty.pageNumber} as integer),
  coalesce(array_agg(seen.id order by seen.i) filter (where seen.id is not null), '{}'),
  coalesce(array_agg(seen.id order by seen.i) filter (where landed.id is not null), '{}')
from (select :?${exchangeProperty.kind} as kind union select unnest(cast(:?seen_kinds as text[]))) k
left join unnest(cast(:?seen_kinds as text[]), cast(:?seen_ids as text[])) with ordinality as seen (kind, id, i)
  on seen.kind = k.kind
left join unnest(cast(:?kinds as text[]), cast(:?ids as text[])) as landed (kind, id)
  on landed.kind = seen.kind and landed.id = seen.id
group by k.kind
