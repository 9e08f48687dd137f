-- The tasks of each worker over all nodes.
select worker, waiting, active, completed, failed, delayed from worker_tasks
