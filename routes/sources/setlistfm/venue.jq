# setlist.fm venue -> venue. It has the coordinates of its city, not its own.
# Try it: jq -L routes/sources -f routes/sources/setlistfm/venue.jq VENUE.json
include "records";

record("venue")
| (.city | object) as $city
| ($city.country | object) as $country
| ($city.name | text(1000)) as $town
| {
    entity: "venue",
    name: ((.name | name) // (if $town == null then null else "Venue in " + $town end)),
    city: $town,
    state: $city.state | text(1000),
    state_code: $city.stateCode | text(20),
    country: $country.name | text(1000),
    country_code: $country.code | capitals(2),
    address: null,
    postal_code: null
  }
  + ($city.coords | object | coordinates(.lat; .long))
  + {timezone: null, city_coordinates: true}
