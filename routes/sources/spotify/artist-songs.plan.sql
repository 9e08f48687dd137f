-- The artists whose songs are to be asked for, those never or longest not asked for first, none twice in three days; and those
-- without a Spotify id, to be looked up. Where one is named, only artists of that name. What an app was refused is tried again
-- after 30 days.
with wanted as (
  select a.id, a.name, a.spotify_id, a.songs_synced_at, s.synced_at as looked_up_at
  from artists a
  left join artist_syncs s on s.artist_id = a.id and s.source = 'spotify' and s.what = 'lookup'
  where cast(:?artist as text) is null or lower(trim(a.name)) = lower(trim(cast(:?artist as text)))
), refused as (
  select f.feature from source_features f
  where f.source = 'spotify' and not f.served and f.noted_at > now() - interval '30 days'
), songs as (
  select w.* from wanted w
  where w.spotify_id is not null
    and (cast(:?artist as text) is not null or w.songs_synced_at is null or w.songs_synced_at < now() - interval '3 days')
  order by w.songs_synced_at nulls first, w.id
  limit least(cast(:?artists as integer), 200)
), lookups as (
  select w.* from wanted w
  where w.spotify_id is null
    and (cast(:?artist as text) is not null or w.looked_up_at is null or w.looked_up_at < now() - interval '30 days')
  order by w.looked_up_at nulls first, w.id
  limit cast(:?lookups as integer)
)
select x.id as artist, x.name, x.spotify_id,
  not exists (select 1 from refused where feature = 'top-tracks') as top_tracks,
  not exists (select 1 from refused where feature = 'large-pages') as large_pages
from (select * from songs union all select * from lookups) x
order by x.spotify_id is null, x.songs_synced_at nulls first, x.id
