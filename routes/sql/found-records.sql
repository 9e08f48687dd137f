-- What a page of this run showed is not missing any longer; a stored page that was landed again shows nothing.
delete from missed_records m
where exists (
  select 1
  from sync_requests q
  join source_pages p on p.run_id = q.run_id and p.request_n = q.n and p.source = q.source
  where q.run_id = cast(:?run as uuid) and p.source = m.source and p.record_kind = m.record_kind
    and m.source_id = any (p.ids))
