-- The point around which venues are searched, where one is named.
select p.latitude, p.longitude from point_of(cast(:?near as text)) p
