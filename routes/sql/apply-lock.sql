-- Resolve and upsert run one transaction at a time over all nodes, so that no artist is ever created twice.
-- What a batch looks up is a few hundred keys: the planner may not read a whole table for it, however small the
-- table still is when its plan is made.
select pg_advisory_xact_lock(hashtext('backline apply')), set_config('enable_seqscan', 'off', true)
