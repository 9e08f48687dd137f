-- Resolve and upsert run one transaction at a time over all nodes, so that no artist is ever created twice.
select pg_advisory_xact_lock(hashtext('backline apply'))
