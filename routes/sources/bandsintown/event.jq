# Bandsintown event -> show. Artist and venue are records of their own; only the artist that was asked for has an id,
# the others are names.
# Try it: jq -L routes/sources -f routes/sources/bandsintown/event.jq EVENT.json
include "records";

# The id of a venue as land/PageSplitter makes it: name|city|region|country, just as they are written. None where that is
# too long for one or holds what an id may not.
def venue_key:
  [
    [.name, .city, .region, .country | if type == "string" then . elif type == "number" and . == floor then tostring else "" end]
    | join("|")
    | if . == "|||" or startswith("?") or length > 200 or (explode | min) < 32 then null else . end
  ][0];

# {local_date, local_time} from YYYY-MM-DDTHH:MM:SS at the venue; midnight stands for no time. A date that is none is the
# schema's to reject.
def start($rule):
  if type != "string" then {local_date: ., local_time: null}
  elif . == "" then {local_date: null, local_time: null}
  else
    (.[11:] | clock) as $time
    | {local_date: .[0:10], local_time: (if $time == "00:00:00" or $rule == "date" then null else $time end)}
  end;

record("event")
| [.lineup | if type == "array" then .[] else empty end | text(10000)] as $names
| ($names - [null]) as $line_up
| {
    entity: "show",
    name: ((.title | text(10000)) // ($line_up | if . == [] then null else join(", ") | text(10000) end) // (.venue | object | .name | text(10000)) // "Show"),
    venue: .venue | object | venue_key,
    artists: [.artist_id | if type == "number" and . == floor then tostring else text(100) end] | distinct
  }
  + (.datetime_display_rule as $rule | .datetime | start($rule))
  + {
    starts_at: null,
    timezone: null,
    status: "scheduled",
    url: .url | url,
    price_min: null,
    price_max: null,
    currency: null,
    line_up: $line_up
  }
