# What Ticketmaster is asked for job artist-import: the attractions of an artist and, unless they are not wanted, what it has to
# come, which brings the venues along. The artist's ids there are found by artist-import.plan.sql.
include "plans";

.parameters as $p | .job as $j | .today as $today
| ([ .rows[].id ] + [ $p.attraction | select(none | not) ] | unique | join(",")) as $ids
| if ($p.artist | none) and ($p.attraction | none) then
    { refused: "job artist-import needs artist=ID, its id in the catalogue, or attraction=ID at Ticketmaster" }
  elif $ids == "" then []
  else
    [ { kind: "attraction", path: "attractions.json", query: { id: $ids, size: "200" }, step: "fetching_artist" },
      ( select($p.skip_dependencies != "true")
        | { kind: "event", path: "events.json", limit: ($j.shows | tonumber), step: "importing_shows",
            pause_ms: ($j."pause-ms" | tonumber),
            query: { attractionId: $ids, size: ([($j.shows, $j."shows-per-page") | tonumber] + [200] | min | tostring), sort: "date,asc",
              startDateTime: ($today + "T00:00:00Z") } } ) ]
  end
