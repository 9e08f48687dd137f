-- The artist of a task, by its id in the catalogue; what an app was refused is tried again after 30 days.
with refused as (
  select f.feature from source_features f
  where f.source = 'spotify' and not f.served and f.noted_at > now() - interval '30 days'
)
select a.id as artist, a.name, a.spotify_id, coalesce(a.songs_synced_at > now() - interval '3 days', false) as fresh,
  not exists (select 1 from refused where feature = 'top-tracks') as top_tracks,
  not exists (select 1 from refused where feature = 'large-pages') as large_pages
from artists a
where a.id = (select case when x.id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then cast(x.id as uuid) end from (select cast(:?artist as text) as id) x)
order by a.id
