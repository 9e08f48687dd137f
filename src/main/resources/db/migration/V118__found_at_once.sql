-- What closing, queueing and claiming ask for again and again is found at once, however many records failed and runs are kept.
create index source_records_failed_by_run on source_records (run_id) where state in ('rejected', 'dead');
create index sync_jobs_open on sync_jobs (job) where status in ('pending', 'in_progress');
create index sync_jobs_of_worker_by_start on sync_jobs (worker, started_at) where worker is not null;
