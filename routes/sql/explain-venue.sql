-- What a venue is, and how many shows there are at it.
select v.id, v.name, v.address, v.city, v.state, v.country_code as "countryCode",
  (select count(*) from shows s where s.venue_id = v.id and (s.local_date >= current_date or s.local_date is null)) as upcoming,
  (select count(*) from shows s where s.venue_id = v.id and s.local_date < current_date) as past
from venues v
where v.id = cast(:?entity as uuid)
