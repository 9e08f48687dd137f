-- What this page showed, and which of it was new or changed; a line for each kind, one at least.
insert into source_pages (run_id, source, record_kind, request_window, request_n, page, ids, changed)
select cast(:?${exchangeProperty.run} as uuid), :?${exchangeProperty.source}, k.kind,
  :?${exchangeProperty.window}, cast(:?${exchangeProperty.n} as integer), cast(:?${exchangeProperty.pageNumber} as integer),
  cast(k.ids as text[]), cast(k.changed as text[])
from jsonb_to_recordset(cast(:?shown as jsonb)) as k (kind text, ids text[], changed text[])
