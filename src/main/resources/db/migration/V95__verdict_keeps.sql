-- A person who joins two entities, or takes a record out of one, says which of them goes on under its id.
alter table verdicts add column keeps text constraint verdict_keeps_one_of_its_two check (keeps in ('left', 'right'));
