-- A record that the filter of a job keeps back was never mapped: a remap leaves it where it is.
alter table source_records add column held_back boolean not null default false;
