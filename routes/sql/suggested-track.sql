-- Whether a track of Spotify is there, as property lookupRun has fetched it: known; foreign where none of its artists is in the
-- catalogue, unknown where Spotify has none of this id; no row while that is not decided.
select s.state from (
  select case
    when exists (select 1 from song_recordings r where r.source = 'spotify' and r.source_id = :?track) then 'known'
    when exists (select 1 from source_records r where r.source = 'spotify' and r.record_kind = 'track' and r.source_id = :?track
      and r.state <> 'landed') then 'foreign'
    when exists (select 1 from sync_jobs j where j.id = cast(:?${exchangeProperty.lookupRun} as uuid) and j.status = 'completed')
      and not exists (select 1 from source_records r where r.source = 'spotify' and r.record_kind = 'track' and r.source_id = :?track)
      then 'unknown'
  end as state
) s
where s.state is not null
