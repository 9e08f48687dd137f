-- MusicBrainz joins two ids into one: the old one leads to the new one for good. Whoever names the old one means the new one.
create table mbid_redirects (
  old_mbid   text constraint mbid_leads_to_one_other primary key constraint old_mbid_is_a_uuid check (old_mbid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  mbid       text not null constraint new_mbid_is_a_uuid check (mbid ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
  told_by    text not null,
  told_at    timestamptz not null default now(),
  constraint mbid_leads_elsewhere check (mbid <> old_mbid)
);
create index mbid_redirects_by_new on mbid_redirects (mbid);

-- Notes that an old MBID leads to a new one, and lands the records that name it again. No chains: each leads to the end of it.
-- The newer word counts where two lead to each other. Answers whether anything is new.
create function redirect_mbid(old_id text, new_id text, teller text) returns boolean language plpgsql as $$
declare
  target text := coalesce((select r.mbid from mbid_redirects r where r.old_mbid = new_id), new_id);
begin
  if old_id = new_id or exists (select 1 from mbid_redirects r where r.old_mbid = old_id and r.mbid = target) then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtext('backline apply'));   -- no batch may be at work on the records that name it
  if target = old_id then
    delete from mbid_redirects r where r.old_mbid = new_id;
    target := new_id;
  end if;
  insert into mbid_redirects as r (old_mbid, mbid, told_by) values (old_id, target, teller)
  on conflict (old_mbid) do update set mbid = excluded.mbid, told_by = excluded.told_by, told_at = now();
  update mbid_redirects r set mbid = target where r.mbid = old_id;
  update source_records s set state = 'landed'
  from identity_keys k
  where k.entity_kind = 'artist' and k.key in ('mbid:' || old_id, 'mbid:' || new_id) and k.trusted
    and s.source = k.source and s.source_id = k.source_id and s.state = 'applied';
  return true;
end $$;
