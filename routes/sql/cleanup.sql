-- Deletes what is older than the settings jobs.cleanup.* say; answers how many runs that were.
select cleanup_old_sync_data(make_interval(days => cast(:?${properties:jobs.cleanup.runs-days} as integer)),
  make_interval(days => cast(:?${properties:jobs.cleanup.logs-days} as integer)),
  make_interval(days => cast(:?${properties:jobs.cleanup.letters-days} as integer)),
  make_interval(days => cast(:?${properties:jobs.cleanup.changes-days} as integer))) as runs
