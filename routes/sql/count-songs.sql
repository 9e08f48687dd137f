-- What the catalogue holds of the artists whose songs a run asked for (S88), noted with its result.
with asked as (
  select array_agg(distinct cast(q.request #>> '{mark,artist}' as uuid)) as artists
  from sync_requests q
  where q.run_id = cast(:?run as uuid) and q.request #>> '{mark,what}' = 'songs'
)
update sync_jobs j
set result = j.result || jsonb_build_object('songs', jsonb_build_object('artists', cardinality(a.artists)) || to_jsonb(c))
from asked a cross join lateral song_counts(a.artists) c
where j.id = cast(:?run as uuid) and a.artists is not null
