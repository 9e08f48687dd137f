-- What has to be counted over whole tables for /observe/metrics, read seldom; rows as in metrics.sql.
with kinds as (
  select 'artist' as kind, count(*) as entities, count(*) filter (where a.sync_status = 'error') as errors,
    count(*) filter (where greatest(a.last_sync, s.last) < now() - make_interval(days => cast(:?${properties:metrics.stale-days} as integer))) as stale
  from artists a left join (select artist_id, max(synced_at) as last from artist_syncs group by 1) s on s.artist_id = a.id
  union all
  select 'venue', count(*), count(*) filter (where v.sync_status = 'error'),
    count(*) filter (where greatest(v.last_sync, s.last) < now() - make_interval(days => cast(:?${properties:metrics.stale-days} as integer)))
  from venues v left join (select venue_id, max(synced_at) as last from venue_syncs group by 1) s on s.venue_id = v.id
  union all
  select 'show', (select count(*) from shows), (select count(*) from shows where sync_status = 'error'),
    (select count(distinct l.entity_id)
     from missed_records m
     join source_links l on l.entity_kind = 'show' and l.source = m.source and l.source_id = m.source_id
     join shows w on w.id = l.entity_id and w.local_date >= current_date
     where not exists (select 1 from gone_shows g where g.show_id = w.id))
)
select m.name, cast(json_build_object('kind', k.kind) as text) as labels, m.value
from kinds k cross join lateral (values
  ('backline_entities', cast(k.entities as double precision)), ('backline_entities_error', k.errors), ('backline_entities_stale', k.stale)
) as m (name, value)
union all
select 'backline_records', cast(json_build_object('source', source, 'kind', record_kind, 'state', state) as text), count(*)
from source_records
group by source, record_kind, state
union all
select 'backline_metrics_read_timestamp_seconds', '{"statement": "metrics-counts"}', extract(epoch from now())
