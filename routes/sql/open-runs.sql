-- Whether any run is open.
select exists (select 1 from sync_jobs where status in ('pending', 'in_progress')) as open
