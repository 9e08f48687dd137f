-- The artist of a page that is looked at for the first time: never imported, nor tried in the last day; where its worker runs and few
-- tasks wait, so that visitors cannot queue more than is worked off.
select cast(a.id as text) as id
from artists a
where a.id = coalesce(cast(:?${exchangeProperty.artist} as uuid),
    (select headliner_id from shows where id = cast(:?${exchangeProperty.show} as uuid)))
  and a.songs_synced_at is null
  and exists (select 1 from nodes where 'artist-import' = any (workers))
  and not exists (select 1 from sync_jobs j where j.entity_type = 'artist' and j.entity_id = a.id and j.created_at > now() - interval '1 day')
  and (select count(*) from sync_jobs j where j.worker = 'artist-import' and j.status = 'pending') < 20
