# Ticketmaster venue -> venue.
# Try it: jq -L routes/sources -f routes/sources/ticketmaster/venue.jq VENUE.json
include "records";

def city: .city | object | .name | text(1000);
def street: .address | object | .line1 | text(1000);

record("venue")
| {
    entity: "venue",
    name: ((.name | name) // street // (city | if . == null then null else "Venue in " + . end)),
    city: city,
    state: .state | object | .name | text(1000),
    state_code: .state | object | .stateCode | text(20),
    country: .country | object | .name | text(1000),
    country_code: .country | object | .countryCode | capitals(2),
    address: street,
    postal_code: .postalCode | text(40)
  }
  + (.location | object | coordinates(.latitude; .longitude))
  + {timezone: .timezone | text(60)}
