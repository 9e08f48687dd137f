-- Counts what a run looked for and did not find: records of shows to come that lie where its requests looked (which their
-- plans call sweeps), and that no page of the run showed. A source has looked only where all that it was asked was answered
-- in full. Where too many are missing at once, none is counted: the fetch has half failed, and the answer says so.
with asked as (
  select q.source, q.record_kind, q.parent_n, q.request, q.request #>> '{sweeps,artist}' as artist,
    q.state in ('done', 'split') and q.shortfall is null and case
      when q.state = 'split' then (
        select sum(c.total) >= q.total * (case when jsonb_exists(q.request, 'window') then 0.95 else 1 end)
        from sync_requests c where c.run_id = q.run_id and c.parent_n = q.n)
      else (
        select count(distinct x.id) >= coalesce(q.total, 0) * 0.99
        from source_pages p cross join unnest(p.ids) as x (id)
        where p.run_id = q.run_id and p.request_n = q.n and p.record_kind = q.record_kind) end as answered
  from sync_jobs j
  join sync_requests q on q.run_id = j.id
  join unnest(cast(:?sources as text[]), cast(:?kinds as text[])) as n (source, kind) on n.source = q.source and n.kind = q.record_kind
  where j.id = cast(:?run as uuid) and not jsonb_exists(j.metadata, 'letters')   -- a replay asks for parts only
), looked as (
  select a.source, a.record_kind, a.artist, a.request #>> '{sweeps,country}' as country,
    coalesce(cast(a.request #>> '{window,from}' as timestamptz), '-infinity') as first,
    coalesce(cast(a.request #>> '{window,to}' as timestamptz), 'infinity') as last
  from asked a
  where a.parent_n is null and jsonb_exists(a.request, 'sweeps')
    and not exists (select 1 from asked b
      where b.source = a.source and b.artist is not distinct from a.artist and b.answered is not true)
), to_come as not materialized (   -- joined by its index or hashed, never read once for each listing
  select s.id, v.country_code as country,
    coalesce(s.starts_at, cast(s.local_date as timestamp) at time zone 'Etc/GMT-14') as earliest,
    coalesce(s.starts_at, cast(s.local_date + 1 as timestamp) at time zone 'Etc/GMT+12') as latest
  from shows s left join venues v on v.id = s.venue_id
  where s.local_date > cast(now() at time zone 'Etc/GMT-14' as date)   -- its day has begun nowhere
    and exists (select 1 from looked)
), covered as (
  select w.source, w.record_kind, l.source_id
  from looked w
  join source_links l on l.entity_kind = 'show' and l.source = w.source
  join to_come s on s.id = l.entity_id
  where w.artist is null and s.earliest >= w.first and s.latest <= w.last and (w.country is null or w.country = s.country)
  union
  select w.source, w.record_kind, l.source_id
  from looked w
  join identity_keys k on k.entity_kind = 'show' and k.key >= 'r:' || w.artist || '|' and k.key < 'r:' || w.artist || '}'
    and k.source = w.source
  join source_links l on l.entity_kind = 'show' and l.source = k.source and l.source_id = k.source_id
  join to_come s on s.id = l.entity_id
  where s.earliest >= w.first and s.latest <= w.last
), seen as (
  select distinct p.source, p.record_kind, x.id
  from source_pages p cross join unnest(p.ids) as x (id)
  where p.run_id = cast(:?run as uuid) and exists (select 1 from looked w where w.source = p.source and w.record_kind = p.record_kind)
), told as (   -- grouped, not joined: how many there are of either is not known to the planner
  select c.source, c.record_kind, c.source_id, not bool_or(c.seen) as missing
  from (
    select source, record_kind, source_id, false as seen from covered
    union all
    select source, record_kind, id, true from seen) c
  group by c.source, c.record_kind, c.source_id
  having not bool_and(c.seen)
), compared as (
  select t.source, t.record_kind, t.source_id, t.missing
  from told t
  join source_records r on r.source = t.source and r.record_kind = t.record_kind and r.source_id = t.source_id and r.state = 'applied'
), sums as (
  select source, count(*) as covered, count(*) filter (where missing) as missing,
    count(*) filter (where missing) > greatest(10, count(*) * cast(:?${properties:shows.most-gone-percent} as integer) / 100) as too_many
  from compared
  group by source
), counted as (
  insert into missed_records as m (source, record_kind, source_id, last_run)
  select c.source, c.record_kind, c.source_id, cast(:?run as uuid)
  from compared c join sums on sums.source = c.source and not sums.too_many
  where c.missing
  on conflict (source, record_kind, source_id) do update
  set misses = m.misses + 1, last_run = excluded.last_run
  where m.last_run <> excluded.last_run
)
select string_agg(to_char(missing, 'FM999,999,999') || ' of ' || to_char(covered, 'FM999,999,999') || ' listings of ' || source
  || ' in the window were missing: taken for a half-failed fetch, none is marked gone', ', ' order by source) as note
from sums
where too_many
