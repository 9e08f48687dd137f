# What Ticketmaster is asked for job venue-events: what is on from today on at the venues that venue-events.plan.sql finds,
# some a request, and what has no date yet there, which no dated search finds.
include "plans";

.settings as $s | .today as $today | .horizon as $horizon
| [ .rows | groups_of(20)
    | { classificationName: "music", venueId: ([ .[].ids[] ] | join(",")), sort: "id,asc", size: ($s["page-size"] // "200") } as $query
    | { venues: [ .[].venue ], what: "events" } as $mark
    | ( { query: $query, window: { from: ($today + "T00:00:00Z"), to: ($horizon + "T23:59:59Z") } },
        { query: ($query + { includeTBA: "only" }) },
        { query: ($query + { includeTBD: "only" }) } )
      + { kind: "event", path: "events.json", mark: $mark } ]
