# What an album leads to: to the rest of its tracks, where it has more than are listed with it.
include "records";

.request as $r
| { requests:
      [ .records[] | object | { id: .id, tracks: .tracks | object } | select((.id | type == "string") and .tracks.next != null)
        | (.tracks.items | if type == "array" then length else 0 end) as $listed
        | select($listed > 0)
        | { kind: "track", path: ("albums/" + .id + "/tracks"), query: { limit: "50", offset: ($listed | tostring) }, mark: $r.mark } ] }
