-- Listings that are sold beside the shows of a batch; one that is no longer, or is a show of its own, goes.
with listed as (
  select r.show_id, r.source, r.source_id, r.name, r.status, r.url
  from jsonb_to_recordset(cast(:?offers as jsonb)) as r (show_id uuid, source text, source_id text, name text, status text, url text)
), gone as (
  delete from show_offers o where o.show_id = any (cast(:?show_ids as uuid[]))
    and not exists (select 1 from listed l where l.source = o.source and l.source_id = o.source_id)
)
insert into show_offers as o (show_id, source, source_id, name, status, url)
select l.show_id, l.source, l.source_id, l.name, l.status, l.url from listed l order by l.source, l.source_id
on conflict (source, source_id) do update
set show_id = excluded.show_id, name = excluded.name, status = excluded.status, url = excluded.url
where (o.show_id, o.name, o.status, o.url) is distinct from (excluded.show_id, excluded.name, excluded.status, excluded.url)
