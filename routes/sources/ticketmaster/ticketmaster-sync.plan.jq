# What Ticketmaster is asked for job ticketmaster-sync: a venue with what is on there, or a show with its venue, which its listing
# brings along. Their ids there are found by ticketmaster-sync.plan.sql.
include "plans";

.parameters as $p | .today as $today | .horizon as $horizon
| ([ .rows[].id ] | join(",")) as $ids
| if ($p.venue | none) == ($p.show | none) then { refused: "job ticketmaster-sync needs venue=ID or show=ID, an id in the catalogue" }
  elif $ids == "" then { refused: ("Ticketmaster knows no id of " + ([$p.venue, $p.show] | map(select(none | not)) | join(""))) }
  elif $p.venue | none then
    [ { kind: "event", path: "events.json", query: { id: $ids, size: "200" }, step: "fetching_show" } ]
  else
    [ { kind: "venue", path: "venues.json", query: { id: $ids, size: "200" }, step: "fetching_venue" },
      ( select($p.skip_dependencies != "true")
        | { kind: "event", path: "events.json", step: "importing_shows",
            query: { classificationName: "music", venueId: $ids, sort: "id,asc", size: "200" },
            window: { from: ($today + "T00:00:00Z"), to: ($horizon + "T23:59:59Z") } } ) ]
  end
