-- The last request of a run about something of some artists or venues has ended: as of the start of the run, they have been
-- asked for. One that failed leaves them as they were, so that the next run asks again.
with mark as (
  select coalesce(m.artists, array[m.artist]) as artists, m.venues, m.what, j.created_at as at
  from sync_jobs j,
    jsonb_to_record(cast(:?${exchangeProperty.mark} as jsonb)) as m (artist uuid, artists uuid[], venues uuid[], what text)
  where j.id = cast(:?${exchangeProperty.run} as uuid)
    and not exists (select 1 from sync_requests r
      where r.run_id = j.id and r.source = :?${exchangeProperty.source} and r.state in ('planned', 'running', 'failed')
        and r.request -> 'mark' = cast(:?${exchangeProperty.mark} as jsonb))
), artists_synced as (
  insert into artist_syncs (artist_id, source, what, synced_at)
  select a.id, :?${exchangeProperty.source}, mark.what, mark.at from mark join artists a on a.id = any (mark.artists)
  on conflict (artist_id, source, what) do update set synced_at = excluded.synced_at
), venues_synced as (
  insert into venue_syncs (venue_id, source, what, synced_at)
  select v.id, :?${exchangeProperty.source}, mark.what, mark.at from mark join venues v on v.id = any (mark.venues)
  on conflict (venue_id, source, what) do update set synced_at = excluded.synced_at
)
update artists a set songs_synced_at = mark.at from mark where a.id = any (mark.artists) and mark.what = 'songs'
