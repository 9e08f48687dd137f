# Bandsintown venue -> venue. Coordinates are strings, the country is a name; the region is a code in some countries.
# Try it: jq -L routes/sources -f routes/sources/bandsintown/venue.jq VENUE.json
include "records";

def code: type == "string" and test("\\A[A-Z]{2,3}\\z");

record("venue")
| (.city | text(1000)) as $city
| (.street_address | text(1000)) as $street
| {
    entity: "venue",
    name: ((.name | name) // $street // (if $city == null then null else "Venue in " + $city end)),
    city: $city,
    state: (if .region | code then null else .region | text(1000) end),
    state_code: (if .region | code then .region else null end),
    country: .country | text(1000),
    country_code: null,
    address: $street,
    postal_code: .postal_code | text(40)
  }
  + coordinates(.latitude; .longitude)
  + {timezone: null}
