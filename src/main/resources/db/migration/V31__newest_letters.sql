-- The workbench shows the newest letters of a cause first.
drop index dead_letters_by_cause;
create index dead_letters_by_cause on dead_letters (state, cause, last_failed, id);
