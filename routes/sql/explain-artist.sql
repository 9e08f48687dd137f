-- What an artist is, and how many shows of it there are.
select a.id, a.name, a.genres, a.mbid, a.spotify_id as "spotifyId",
  (select count(*) from show_artists x join shows s on s.id = x.show_id
    where x.artist_id = a.id and (s.local_date >= current_date or s.local_date is null)) as upcoming,
  (select count(*) from show_artists x join shows s on s.id = x.show_id
    where x.artist_id = a.id and s.local_date < current_date) as past,
  (select count(*) from songs s where s.artist_id = a.id) as songs
from artists a
where a.id = cast(:?entity as uuid)
