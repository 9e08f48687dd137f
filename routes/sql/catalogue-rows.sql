-- Rows of the catalogue as they stand, without the times at which they were written: those of the given artists, venues
-- and shows, and the shows of artists that took others in; each with a record that it belongs to, and whether one of its records
-- has failed: what that has told still stands in the row, and no trial hears it again.
with wanted as (
  select id from unnest(cast(:?shows as uuid[])) as w (id)
  union
  select s.show_id from show_artists s where s.artist_id = any (cast(:?moved as uuid[]))
), found as (
  select 'artists' as table_name, cast(a.id as text) as id, a.name, 'artist' as entity_kind, a.id as entity_id, to_jsonb(a) as columns
  from artists a where a.id = any (cast(:?artists as uuid[]))
  union all
  select 'venues', cast(v.id as text), v.name, 'venue', v.id, to_jsonb(v) from venues v where v.id = any (cast(:?venues as uuid[]))
  union all
  select 'shows', cast(s.id as text), s.name, 'show', s.id, to_jsonb(s) from wanted w join shows s on s.id = w.id
  union all
  select 'show_artists', cast(l.show_id as text) || '/' || cast(l.artist_id as text), a.name || ' at ' || s.name, 'show', l.show_id,
    jsonb_build_object('position', l.position)
  from wanted w join show_artists l on l.show_id = w.id join artists a on a.id = l.artist_id join shows s on s.id = l.show_id
)
select f.table_name, f.id, f.name, f.entity_kind, cast(f.entity_id as text) as entity_id, link.source, link.source_id,
  exists (
    select 1 from source_links l
    join source_records r on r.source = l.source and r.record_kind = any (cast(:?recordKinds as text[])) and r.source_id = l.source_id
    where l.entity_kind = f.entity_kind and l.entity_id = f.entity_id and r.state in ('dead', 'rejected')) as failed,
  cast(f.columns - cast('{id,run_id,created_at,updated_at,last_sync,sync_status,last_sync_error}' as text[]) as text) as columns
from found f
left join lateral (
  select l.source, l.source_id from source_links l
  where l.entity_kind = f.entity_kind and l.entity_id = f.entity_id
  order by l.method = 'offer', l.source, l.source_id
  limit 1
) link on true
