# Ticketmaster event -> show. Attractions and venues are records of their own; a show names their ids.
# Try it: jq -L routes/sources -f routes/sources/ticketmaster/event.jq EVENT.json
include "records";
include "ticketmaster";

def attractions: ._embedded | object | .attractions | objects_of;
def venues: ._embedded | object | .venues | objects_of;

# Without a word of its own, an event is what its attractions are; one without attractions is no show.
def music_event:
  [
    says_music as $music
    | if $music != null then $music
      else
        [attractions | says_music]
        | index(true) != null or (length > 0 and index(false) == null)
      end
  ][0];

# {local_date, local_time, starts_at}. The date is passed on as given: one that is none is the schema's
# to reject, and never makes a show without a date.
def start:
  [
    if .dateTBA == true or .dateTBD == true then
      {local_date: null, local_time: null, starts_at: null}
    elif .timeTBA == true or .noSpecificTime == true then
      {local_date: .localDate, local_time: null, starts_at: null}
    elif .localDate == null then
      {local_date: null, local_time: null, starts_at: .dateTime | instant}
    else
      {local_date: .localDate, local_time: .localTime | clock, starts_at: .dateTime | instant}
    end
  ][0];

def status:
  [
    if . == "onsale" then "on_sale"
    elif . == "offsale" then "off_sale"
    elif . == "cancelled" or . == "canceled" then "cancelled"
    elif . == "postponed" or . == "rescheduled" then .
    else "scheduled" end
  ][0];

def ordered:
  if .price_min != null and .price_max != null and .price_min > .price_max then
    . + {price_min: .price_max, price_max: .price_min}
  else . end;

# {price_min, price_max, currency} over the ranges in the currency of the first usable one.
def prices:
  [
    [
      objects_of
      | {price_min: .min | price, price_max: .max | price, currency: .currency | capitals(3)}
      | if .price_min == null and .price_max == null then empty else ordered end
    ]
    | if length == 0 then {price_min: null, price_max: null, currency: null}
      elif length == 1 then .[0]
      else
        .[0].currency as $currency
        | map(select(.currency == $currency))
        | {
            price_min: (map(.price_min) - [null] | min),
            price_max: (map(.price_max) - [null] | max),
            currency: $currency
          }
        | ordered
      end
  ][0];

def show:
  (.dates | object_or_fail("dates")) as $dates
  | {
      entity: "show",
      name: .name | name,
      venue: [venues | .id | text(100)] | first_known,
      artists: [attractions | .id | text(100)] | distinct
    }
    + ($dates.start | object_or_fail("dates.start") | start)
    + {
      timezone: (($dates.timezone | text(60)) // ([venues | .timezone | text(60)] | first_known)),
      status: $dates.status | object | .code | status,
      url: .url | url
    }
    + (.priceRanges | prices);

record("event")
| if .test == true then {skip: "test-event"}
  elif music_event then show
  else {skip: "not-music"} end
