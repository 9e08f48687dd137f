-- How many records of a batch had a value in each field, added to those of the hour.
insert into field_shares as f (source, record_kind, at, field, records)
select n.source, n.kind, date_trunc('hour', now()), n.field, n.records
from unnest(cast(:?share_sources as text[]), cast(:?share_kinds as text[]), cast(:?share_fields as text[]), cast(:?share_records as bigint[]))
  as n (source, kind, field, records)
order by n.source, n.kind, n.field
on conflict (source, record_kind, field, at) do update set records = f.records + excluded.records
