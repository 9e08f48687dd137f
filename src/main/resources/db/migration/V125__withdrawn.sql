-- What is taken out of the catalogue leaves no trace in the changes of what remains: while a run of the job purge is open, a
-- change of a show is noted without the value it had before, which may be one that had to go.
create or replace function note_show_changes() returns trigger language plpgsql as $$
declare
  withdrawing boolean := exists (select 1 from sync_jobs j where j.job = 'purge' and j.status in ('pending', 'in_progress'));
begin
  insert into show_changes (show_id, run_id, field, was, is_now)
  select new.id, new.run_id, c.field, case when not withdrawing then c.was end, c.is_now
  from (values ('status', old.status, new.status),
    ('local_date', cast(old.local_date as text), cast(new.local_date as text)),
    ('local_time', cast(old.local_time as text), cast(new.local_time as text)),
    ('venue_id', cast(old.venue_id as text), cast(new.venue_id as text)),
    ('name', old.name, new.name)) as c (field, was, is_now)
  where c.was is distinct from c.is_now;
  return null;
end $$;
