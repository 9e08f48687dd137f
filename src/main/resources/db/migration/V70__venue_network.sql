-- Venues as the point from which events, artists and neighbours are found: distances, who was asked for, the network.

-- Kilometres between two points on a globe of 6371 km (haversine); null where a coordinate is.
create function distance_km(latitude_a double precision, longitude_a double precision,
  latitude_b double precision, longitude_b double precision)
returns double precision language sql immutable strict parallel safe as $$
  select 2 * 6371 * asin(least(1, sqrt(power(sin(radians(latitude_b - latitude_a) / 2), 2)
    + cos(radians(latitude_a)) * cos(radians(latitude_b)) * power(sin(radians(longitude_b - longitude_a) / 2), 2))))
$$;

-- The point that near names: 'latitude,longitude', or the id of a venue. No row for a venue without coordinates.
create function point_of(near text) returns table (latitude double precision, longitude double precision)
language sql stable as $$
  select cast(split_part(near, ',', 1) as double precision), cast(split_part(near, ',', 2) as double precision)
  where near like '%,%'
  union all
  select v.latitude, v.longitude from venues v where cast(v.id as text) = lower(near) and v.latitude is not null
$$;

-- The venues that some filters keep; null asks for nothing. A place is compared without case, a state and a country by
-- code or name. A filter on capacity keeps venues whose capacity is known and in range.
create function chosen_venues(p_city text, p_state text, p_country text, p_near text, p_radius double precision,
  p_min_capacity integer, p_max_capacity integer)
returns setof venues language sql stable as $$
  select v.* from venues v
  where (p_city is null or lower(v.city) = lower(p_city))
    and (p_state is null or lower(p_state) in (lower(v.state_code), lower(v.state)))
    and (p_country is null or lower(p_country) in (lower(v.country_code), lower(v.country)))
    and (p_near is null or exists (select 1 from point_of(p_near) p
      where distance_km(p.latitude, p.longitude, v.latitude, v.longitude) <= p_radius))
    and (p_min_capacity is null or v.capacity >= p_min_capacity)
    and (p_max_capacity is null or v.capacity <= p_max_capacity)
$$;

-- When a venue was last asked for at a source, and for what; as artist_syncs is for artists.
create table venue_syncs (
  venue_id  uuid not null references venues (id) on delete cascade,
  source    text not null,
  what      text not null constraint venue_sync_says_of_what check (length(what) between 1 and 100),
  synced_at timestamptz not null,
  constraint venue_is_synced_once_of_a_kind primary key (venue_id, source, what)
);

-- Venues that are alike, because the same artists play at both; worked out by routes/sql/derive-venue-network.sql.
create table venue_network (
  venue_id       uuid not null references venues (id) on delete cascade,
  neighbour_id   uuid not null references venues (id) on delete cascade,
  shared_artists integer not null constraint neighbours_share_an_artist check (shared_artists > 0),
  shared_shows   integer not null constraint shared_shows_are_never_negative check (shared_shows >= 0),
  score          double precision not null constraint network_score_is_0_to_1 check (score between 0 and 1),
  distance_km    double precision constraint network_distance_is_not_negative check (distance_km >= 0),
  computed_at    timestamptz not null default now(),
  constraint neighbours_are_a_pair_once primary key (venue_id, neighbour_id),
  constraint pair_names_the_smaller_id_first check (venue_id < neighbour_id)
);
create index venue_network_by_neighbour on venue_network (neighbour_id);
