-- Tours that the shows of a batch name.
insert into tours (artist_id, name)
select r.artist_id, r.name from jsonb_to_recordset(cast(:?tours as jsonb)) as r (artist_id uuid, name text)
order by r.artist_id, r.name
on conflict (artist_id, md5(lower(name))) do nothing
