-- Songs that only a setlist had named and none names any longer: a setlist was mended, or the song is known as somebody else's.
delete from songs s
using (select distinct r.artist_id from jsonb_to_recordset(cast(:?setlists as jsonb)) as r (artist_id uuid)) n
where s.artist_id = n.artist_id and s.source = 'setlist'
  and not exists (select 1 from setlist_songs l where l.song_id = s.id)
  and not exists (select 1 from song_recordings r where r.song_id = s.id)
