-- When a source last showed a record, where its retention asks for it (<source>.raw-days, <source>.derived-days): the job cleanup
-- notes it once a day, so that an unchanged page still touches no record.
alter table source_records add column seen_at timestamptz;
