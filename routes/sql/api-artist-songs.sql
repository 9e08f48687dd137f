-- A page of an artist's songs, the most played first: what is known of each, and how often and when it was played.
with found as not materialized (
  select s.id, coalesce(p.plays, 0) as plays
  from songs s
  left join (
    select e.song_id, count(distinct l.show_id) as plays
    from setlist_songs e join setlists l on l.id = e.setlist_id
    where l.kind = 'played' and not e.tape and e.song_id in (select id from songs where artist_id = cast(:?id as uuid))
    group by e.song_id) p on p.song_id = s.id
  where s.artist_id = cast(:?id as uuid) and (cast(:?q as text) is null or s.title ilike cast(:?q as text))
), page as materialized (
  select f.id, f.plays from found f join songs s on s.id = f.id
  order by f.plays desc, s.popularity desc nulls last, s.normalized_title, f.id limit :?pageSize offset :?offset
), counted as (
  select coalesce(cast(:?total as bigint), (select count(*) from found)) as total
)
select cast(json_build_object(
    'items', coalesce((
      select json_agg(json_build_object(
          'id', s.id, 'title', s.title, 'album', s.album, 'releasedOn', s.released_on, 'durationMs', s.duration_ms,
          'popularity', s.popularity, 'isrc', s.isrc, 'spotifyId', s.spotify_id,
          'coverOf', case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end,
          'plays', page.plays,
          'lastPlayed', (
            select max(sh.local_date) from setlist_songs e
            join setlists l on l.id = e.setlist_id join shows sh on sh.id = l.show_id
            where e.song_id = s.id and l.kind = 'played' and not e.tape))
        order by page.plays desc, s.popularity desc nulls last, s.normalized_title, s.id)
      from page join songs s on s.id = page.id left join artists c on c.id = s.cover_of), '[]'),
    'total', counted.total,
    'page', cast(:?page as integer), 'pageSize', cast(:?pageSize as integer),
    'asOf', last_contact(array['setlistfm', 'spotify'])) as text) as document, counted.total
from counted
where exists (select 1 from artists where id = cast(:?id as uuid))
