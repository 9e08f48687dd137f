# What Ticketmaster is asked for job upcoming-shows: the dated listings of each country, and those without a
# date yet (to be announced, to be determined), which no dated search finds. What is asked for all listings of a window sweeps
# it: a listing that is not found there is missing (routes/sql/missed-records.sql).
include "records";

def none: . == null or . == "";
def given($a; $b): if ($a | none) then $b else $a end;

# A request without dates that holds more than can be paged is cut by these values: first by country, and
# the largest countries by state (the codes that the API documents).
def states: {
  US: "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY",
  CA: "AB BC MB NB NL NT NS NU ON PE QC SK YT",
  AU: "ACT NSW NT QLD SA TAS VIC WA" };
def countries: "US AD AI AR AU AT AZ BS BH BB BE BM BR BG CA CL CN CO CR HR CY CZ DK DO EC EE FO FI FR GE DE GH GI GB GR HK HU IS IN IE IL IT JM JP KR LV LB LT LU MY MT MX MC ME MA NL AN NZ ND NO PE PL PT RO RU LC SA RS SG SK SI ZA ES SE CH TW TH TT TR UA AE UY VE";
def values($text; f): reduce ($text | split(" "))[] as $v ({}; . + { ($v): ($v | f) });
def state_cuts: states[.] as $s | if $s then { stateCode: values($s; {}) } else {} end;
def cuts($country; $state):
  if ($state | none | not) then {}
  elif ($country | none) then { countryCode: values(countries; state_cuts) }
  else ($country | state_cuts) end;

.parameters as $p | .settings as $s
| given($p.from; given($s["events-from"]; .today)) as $from
| given($p.to; given($s["events-to"]; .horizon)) as $to
| given($p.country; $s.countries) as $countries
| (if ($countries | none) then [null] else [$countries | split(",")[] | trimmed | select(. != "")] end) as $list
| [ $list[] as $country
    | { classificationName: "music", size: ($s["page-size"] // "200"), sort: "id,asc",
        countryCode: $country, city: $p.city, stateCode: $p.state } as $query
    | ( { kind: "event", path: "events.json", query: $query,
          window: { from: ($from + "T00:00:00Z"), to: ($to + "T23:59:59Z") } }
        + (if ($p.city | none) and ($p.state | none) then { sweeps: { country: $country } } else {} end),
        { kind: "event", path: "events.json", query: ($query + { includeTBA: "only" }), cuts: cuts($country; $p.state) },
        { kind: "event", path: "events.json", query: ($query + { includeTBD: "only" }), cuts: cuts($country; $p.state) } ) ]
