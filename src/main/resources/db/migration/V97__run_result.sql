-- What came of a run beside its books: errors by class, and what the catalogue holds of the songs it asked for.
alter table sync_jobs add column result jsonb;
