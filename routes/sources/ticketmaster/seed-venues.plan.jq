# What Ticketmaster is asked for when seeding: the venues of a state, a country, or around a point, the most relevant first. Its
# search knows no cities: for one, all venues are looked at, country by country where none is named, and seed-venues.follow.jq
# keeps those of the city.
include "plans";

def code: if none then null else ascii_upcase end;

.parameters as $p | .settings as $s | .job as $j
| { kind: "venue", path: "venues.json",
    query: ( { countryCode: ($p.country | code), stateCode: ($p.state | code), size: "200" }
      + if .rows == [] then {} else (.rows[0] | { geoPoint: geohash(.latitude; .longitude) })
        + { radius: ($p.radius // $s.radius), unit: "km" } end) } as $request
| if $p.city then
    [ $request + { follow: "seed-venues", city: $p.city,
        cuts: (if $p.near then {} else cuts($p.country | code; $p.state) end) } ]
  else
    (($p.limit // $j.limit) | tonumber) as $limit
    | [ $request + { limit: $limit } | .query.size = ($limit | tostring) ]
  end
