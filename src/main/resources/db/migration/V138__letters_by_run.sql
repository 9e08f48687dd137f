-- A run that closes and a cleanup ask for the open letters of a run.
create index open_letters_by_run on dead_letters (run_id) where state = 'open';
