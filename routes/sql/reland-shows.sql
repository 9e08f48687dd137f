-- An artist was divided: the listings that name it are applied again, so that each finds its own.
update source_records r
set state = 'landed'
from source_links l
join show_artists s on s.show_id = l.entity_id
where l.entity_kind = 'show' and s.artist_id = any (cast(:?divided as uuid[]))
  and r.source = l.source and r.source_id = l.source_id and r.state = 'applied'
  and r.record_kind = any (cast(:?show_kinds as text[]))
