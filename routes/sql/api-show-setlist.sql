-- What is foretold for a show and voted on, and what was played there, as one JSON document. A song that is foretold and was played
-- is hit. An artist who was never imported is, once the first reader has come (first-visit.sql). foretold_missing tells whether a prediction is still to be made: of a show that is not over, none is there.
select cast(json_build_object(
    'show', json_build_object('id', s.id, 'name', s.name, 'localDate', s.local_date, 'artistId', s.headliner_id,
      'artist', h.name,
      -- from the first look until the run that fetches the songs has applied the last of them
      'importing', exists (select 1 from nodes where 'artist-import' = any (workers)) and exists (
        select 1 from sync_jobs j where j.entity_type = 'artist' and j.entity_id = h.id and j.completed_at is null
        union all
        select 1 where h.songs_synced_at is null and h.id is not null and not exists (
          select 1 from sync_jobs j where j.entity_type = 'artist' and j.entity_id = h.id
            and j.completed_at is not null and j.created_at > now() - interval '1 day'))),
    'predicted', (
      select json_build_object(
        'id', l.id, 'rule', l.rule, 'hitRate', l.hit_rate, 'testedShows', l.tested, 'createdAt', l.created_at,
        'hits', case when p.id is not null then (
          select count(distinct e.song_id) from setlist_songs e
          where e.setlist_id = l.id and not e.suggested
            and exists (select 1 from setlist_songs w where w.setlist_id = p.id and w.song_id = e.song_id and not w.tape)) end,
        'songs', coalesce((
          select json_agg(json_build_object(
              'entryId', e.id, 'songId', e.song_id, 'title', g.title, 'position', e.position, 'suggested', e.suggested,
              'votes', e.votes,
              'hit', case when p.id is not null then
                exists (select 1 from setlist_songs w where w.setlist_id = p.id and w.song_id = e.song_id and not w.tape) end)
            order by e.position)
          from setlist_songs e join songs g on g.id = e.song_id where e.setlist_id = l.id), '[]'))
      from setlists l where l.show_id = s.id and l.kind = 'predicted'),
    'played', case when p.id is not null then json_build_object(
        'id', p.id, 'source', p.source, 'url', p.source_url,
        'songs', coalesce((
          select json_agg(json_build_object(
              'position', e.position, 'songId', e.song_id, 'title', coalesce(e.title, g.title), 'set', e.set_name,
              'encore', e.encore, 'tape', e.tape, 'info', e.info)
            order by e.position)
          from setlist_songs e left join songs g on g.id = e.song_id where e.setlist_id = p.id), '[]')) end,
    'suggestions', coalesce(s.setlist_suggestions, '[]'),
    'asOf', last_contact(array['setlistfm'])) as text) as document,
  p.id is null and coalesce(s.local_date, current_date) >= current_date - 1 and s.headliner_id is not null
    and not exists (select 1 from setlists l where l.show_id = s.id and l.kind = 'predicted') as foretold_missing
from shows s
left join artists h on h.id = s.headliner_id
left join setlists p on p.show_id = s.id and p.kind = 'played' and p.known
where s.id = cast(:?id as uuid)
