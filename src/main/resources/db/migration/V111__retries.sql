-- Whether what failed may succeed later by itself: a request whose letter says so is planned again, ever later, until the
-- maximum of its job. A run that was given up after its longest time says when.
alter table dead_letters add column passing boolean not null default false;
alter table sync_jobs add column timed_out_at timestamptz;
create index dead_letters_passing on dead_letters (last_failed) where state = 'open' and passing;
