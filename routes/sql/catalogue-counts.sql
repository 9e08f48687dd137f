-- What the catalogue holds of an artist (S88).
select * from song_counts(array[cast(:?artist_id as uuid)])
