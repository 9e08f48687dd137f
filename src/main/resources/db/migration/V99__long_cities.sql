-- A city of 1,000 Chinese letters does not fit into an index; its first 200 do.
drop index venues_by_city;
create index venues_by_city on venues (lower(left(city, 200)), id);
