# What Ticketmaster is asked for job venue-updates: the venues that venue-updates.plan.sql finds, some a request.
include "plans";

[ .rows | groups_of(50)
  | ([ .[].ids[] ]) as $ids
  | { kind: "venue", path: "venues.json", query: { id: ($ids | join(",")), size: "200" },
      mark: { venues: [ .[].venue ], what: "venue" } } ]
