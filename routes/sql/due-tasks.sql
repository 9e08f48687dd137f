-- The workers one of whose tasks is due, as claim-task.sql would find it where a hand is free: asked once for all workers.
select distinct worker as name from sync_jobs
where queued and status = 'pending' and start_after <= now()
