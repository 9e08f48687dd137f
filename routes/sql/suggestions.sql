-- The songs that may be suggested for a show, in their order.
select x."songId" as song
from shows s
cross join lateral jsonb_to_recordset(s.setlist_suggestions) as x ("songId" text, "order" integer)
where s.id = cast(:?show as uuid)
order by x."order"
