-- How many dead letters there are by state, cause, source and kind, without counting a million rows each time. Every change of
-- letters adds lines, so writers never wait for each other; the number of a group is the sum of its lines, which cleanup joins.
create table letter_counts (
  id          bigint generated always as identity constraint letter_count_is_a_line primary key,
  state       text not null,
  cause       text not null,
  source      text collate "C" not null,
  record_kind text collate "C" not null,
  letters     bigint not null
);
insert into letter_counts (state, cause, source, record_kind, letters)
select state, cause, source, record_kind, count(*) from dead_letters group by 1, 2, 3, 4;

create function count_letters() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into letter_counts (state, cause, source, record_kind, letters)
    select state, cause, source, record_kind, count(*) from after group by 1, 2, 3, 4;
  elsif tg_op = 'DELETE' then
    insert into letter_counts (state, cause, source, record_kind, letters)
    select state, cause, source, record_kind, -count(*) from before group by 1, 2, 3, 4;
  else
    insert into letter_counts (state, cause, source, record_kind, letters)
    select state, cause, source, record_kind, sum(n)
    from (select state, cause, source, record_kind, 1 as n from after
      union all select state, cause, source, record_kind, -1 from before) as moved
    group by 1, 2, 3, 4 having sum(n) <> 0;
  end if;
  return null;
end $$;
create trigger new_letters_are_counted after insert on dead_letters
  referencing new table as after for each statement execute function count_letters();
create trigger moved_letters_are_counted after update on dead_letters
  referencing old table as before new table as after for each statement execute function count_letters();
create trigger deleted_letters_are_counted after delete on dead_letters
  referencing old table as before for each statement execute function count_letters();

-- Joins the lines of each group into one; answers how many lines there were.
create function join_letter_counts() returns integer language plpgsql as $$
declare
  lines integer;
begin
  with old as (
    delete from letter_counts returning state, cause, source, record_kind, letters
  ), joined as (
    insert into letter_counts (state, cause, source, record_kind, letters)
    select state, cause, source, record_kind, sum(letters) from old group by 1, 2, 3, 4 having sum(letters) <> 0
  )
  select count(*) into lines from old;
  return lines;
end $$;
