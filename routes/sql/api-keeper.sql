-- Where the entity is that took in another one.
select '/api/' || m.entity_kind || 's/' || m.keep_id as address
from merged_entities m
where m.entity_kind = :?${exchangeProperty.entityKind} and m.gone_id = cast(:?id as uuid)
