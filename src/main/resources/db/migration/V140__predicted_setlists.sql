-- How a predicted setlist was made, what visitors vote on, and who is told of it.
alter table setlists
  add column rule text constraint setlist_rule_has_at_most_100_characters check (length(rule) <= 100),
  add column hit_rate double precision constraint setlist_hit_rate_is_0_to_1 check (hit_rate between 0 and 1),
  add column tested integer constraint setlist_is_tested_on_0_or_more_shows check (tested >= 0);
comment on column setlists.rule is 'of a predicted one: the rule that chose its songs (docs/reference.md, Predicted setlists)';
comment on column setlists.hit_rate is 'of a predicted one: the share of its songs that the same rule hit in the last shows';
comment on column setlists.tested is 'of a predicted one: how many of the last shows that is measured on';

create unique index setlist_suggests_a_song_once on setlist_songs (setlist_id, song_id) where suggested;

-- The number of votes is the number of its rows, whoever writes them.
create function count_votes() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update setlist_songs set votes = votes + 1 where id = new.setlist_song_id;
  else
    update setlist_songs set votes = votes - 1 where id = old.setlist_song_id;
  end if;
  return null;
end $$;
create trigger votes_are_counted after insert or delete on user_votes for each row execute function count_votes();

-- Whoever shows a setlist is told that it has changed: the payload is its show.
create function tell_of_setlist() returns trigger language plpgsql as $$
declare
  changed uuid := coalesce(new.setlist_id, old.setlist_id);
begin
  perform pg_notify('setlists', cast(l.show_id as text)) from setlists l where l.id = changed and l.kind = 'predicted';
  return null;
end $$;
create trigger setlist_votes_are_told after update of votes on setlist_songs
  for each row when (old.votes is distinct from new.votes) execute function tell_of_setlist();
create trigger setlist_suggestions_are_told after insert on setlist_songs
  for each row when (new.suggested) execute function tell_of_setlist();
