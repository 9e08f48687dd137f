-- What was played at the shows of a batch: songs that are new (a cover is its own artist's song, where that artist is known),
-- the setlist, its entries by position. A song that setlists alone name has the first of their spellings. Nothing is written
-- where nothing differs, and the votes of fans hang on predicted setlists, which are left alone. Answers the artists whose songs
-- have to be worked out again: a song is new, or one is named no longer.
with given as (
  select r.show_id, r.artist_id, r.source, r.url, r.known, r.songs
  from jsonb_to_recordset(cast(:?setlists as jsonb)) as r (show_id uuid, artist_id uuid, source text, url text, known boolean, songs jsonb)
), entries as (
  select g.show_id, coalesce(e.cover_of, g.artist_id) as artist_id, e.position, e.title, e.key, e.is_song, e.tape, e.set_name, e.encore, e.info
  from given g
  cross join lateral jsonb_to_recordset(g.songs) as e (position integer, title text, key text, is_song boolean, tape boolean,
    set_name text, encore integer, info text, cover_of uuid)
), titles as (
  select distinct on (e.artist_id, e.key) e.artist_id, e.key, e.title
  from entries e where e.is_song order by e.artist_id, e.key, e.title collate "C"
), new_songs as (
  insert into songs as s (id, artist_id, title, normalized_title)
  select gen_random_uuid(), t.artist_id, t.title, t.key from titles t
  order by t.artist_id, t.key
  on conflict (artist_id, normalized_title) do update set title = excluded.title, updated_at = now()
  where s.source = 'setlist' and excluded.title collate "C" < s.title
  returning s.id, s.artist_id, s.normalized_title
), known_songs as (
  select s.id, s.artist_id, s.normalized_title from titles t
  cross join lateral (select x.id, x.artist_id, x.normalized_title from songs x
    where x.artist_id = t.artist_id and x.normalized_title = t.key limit 1) s
  union
  select n.id, n.artist_id, n.normalized_title from new_songs n
), lists as (
  insert into setlists as l (id, show_id, kind, known, source, source_url)
  select gen_random_uuid(), g.show_id, 'played', g.known, g.source, g.url from given g order by g.show_id
  on conflict (show_id, kind) do update set known = excluded.known, source = excluded.source, source_url = excluded.source_url
  where (l.known, l.source, l.source_url) is distinct from (excluded.known, excluded.source, excluded.source_url)
  returning l.id, l.show_id
), all_lists as (
  select n.id, n.show_id from lists n
  union
  select l.id, l.show_id from given g join setlists l on l.show_id = g.show_id and l.kind = 'played'
), rows as (
  select a.id as setlist_id, e.position, k.id as song_id, e.title, e.tape, e.set_name, e.encore, e.info
  from entries e join all_lists a on a.show_id = e.show_id
  left join known_songs k on e.is_song and k.artist_id = e.artist_id and k.normalized_title = e.key
), gone as (
  delete from setlist_songs x using all_lists a where x.setlist_id = a.id
    and not exists (select 1 from rows r where r.setlist_id = x.setlist_id and r.position = x.position)
  returning x.song_id
), written as (
  insert into setlist_songs as x (id, setlist_id, song_id, position, set_name, encore, tape, title, info)
  select gen_random_uuid(), r.setlist_id, r.song_id, r.position, r.set_name, r.encore, r.tape, r.title, r.info
  from rows r order by r.setlist_id, r.position
  on conflict (setlist_id, position) do update
  set song_id = excluded.song_id, set_name = excluded.set_name, encore = excluded.encore, tape = excluded.tape,
    title = excluded.title, info = excluded.info
  where (x.song_id, x.set_name, x.encore, x.tape, x.title, x.info)
    is distinct from (excluded.song_id, excluded.set_name, excluded.encore, excluded.tape, excluded.title, excluded.info)
  returning x.setlist_id, x.position, x.song_id
), unnamed as (
  select g.song_id from gone g
  union
  select o.song_id from written w
  join setlist_songs o on o.setlist_id = w.setlist_id and o.position = w.position and o.song_id is distinct from w.song_id
)
select cast(n.artist_id as text) as artist_id from new_songs n
union
select cast(s.artist_id as text) from unnamed u join songs s on s.id = u.song_id
