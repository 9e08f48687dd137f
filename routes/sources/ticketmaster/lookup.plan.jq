# What Ticketmaster is asked for job lookup: an attraction or a listing by its id, or several, with commas between them.

.parameters as $p
| if [$p.attraction, $p.event, $p.artist, $p.track] | all(. == null or . == "") then
    { refused: "job lookup needs attraction=ID or event=ID (of Ticketmaster), or artist=ID or track=ID (of Spotify)" }
  else
    [ ({ kind: "attraction", path: "attractions.json", ids: $p.attraction }, { kind: "event", path: "events.json", ids: $p.event })
      | select(.ids // "" | . != "")
      | { kind: .kind, path: .path, query: { id: .ids, size: "200" }, cached: true } ]
  end
