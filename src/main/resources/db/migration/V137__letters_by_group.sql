-- The newest letters of a group, whether it is filtered by source and kind or not; and the open letters of a cause in the order
-- in which a replay takes them.
drop index dead_letters_by_cause;
create index dead_letters_by_group on dead_letters (state, cause, source, record_kind, last_failed, id);
create index open_letters_by_cause on dead_letters (cause, source, record_kind, source_id) where state = 'open';
