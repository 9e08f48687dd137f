# What Ticketmaster is asked for job artist-shows: what an artist has to come, the next first; and on request the last that was.

def listings($ids; $limit; $more):
  { kind: "event", path: "events.json", limit: $limit, cached: true,
    query: ({ attractionId: ($ids | join(",")), size: ([$limit, 200] | min | tostring) } + $more) };

.parameters as $p | .job as $j | .today as $today
| [ .rows[].id ] as $ids
| if ($p.artist // "") == "" then { refused: "job artist-shows needs artist=NAME, or the artist's id in the catalogue" }
  elif $ids == [] then { refused: ("no artist '" + $p.artist + "' with a Ticketmaster id is known; ./backline sync lookup attraction=ID fetches one") }
  else
    [ listings($ids; [($p.shows // $j.shows) | tonumber, 1] | max; { sort: "date,asc", startDateTime: ($today + "T00:00:00Z") }),
      ( [ ($p.past // $j.past) | tonumber, 25 ] | min | select(. > 0)
        | listings($ids; .; { sort: "date,desc", endDateTime: ($today + "T00:00:00Z") }) ) ]
  end
