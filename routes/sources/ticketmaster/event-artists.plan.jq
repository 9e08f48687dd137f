# What Ticketmaster is asked for job event-artists: the attractions that event-artists.plan.sql finds, by their ids, some a request.
include "plans";

[ .rows | groups_of(50)
  | { kind: "attraction", path: "attractions.json", query: { id: ([ .[].ids[] ] | join(",")), size: "200" },
      mark: { artists: [ .[].artist ], what: "attraction" } } ]
