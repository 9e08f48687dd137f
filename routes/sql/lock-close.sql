-- One node closes a run, and nobody applies records meanwhile; no row where it is closed already.
select j.job
from (select pg_advisory_xact_lock(hashtext('backline apply'))) applying
cross join sync_jobs j
where j.id = cast(:?run as uuid) and j.status in ('pending', 'in_progress')
for update of j
