# What Ticketmaster is asked for job upcoming-shows: the dated listings of each country, and those without a
# date yet (to be announced, to be determined), which no dated search finds. What is asked for all listings of a window sweeps
# it: a listing that is not found there is missing (routes/sql/missed-records.sql).
include "records";
include "plans";

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
