-- The artist of the catalogue that a source knows by an id.
select cast(l.entity_id as text) as id
from source_links l
where l.entity_kind = 'artist' and l.source = :?${exchangeProperty.artistSource} and l.source_id = :?${exchangeProperty.artistSourceId}
