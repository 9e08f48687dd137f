# What a search by name leads to: artists of just that name are kept, the others skipped. Where the plan says so, the setlists
# of those that are kept are asked for at once.
include "records";

.request as $r
| ($r.name | name_key) as $wanted
| [ .records[] | object | { id: .mbid, same: ((.name | name_key) == $wanted) } | select(.id | type == "string") ] as $all
| { skip: ([ $all[] | select(.same | not) | { (.id): "another-name" } ] | add // {}),
    requests: [ if $r.leads_to == "setlists" then $all[] | select(.same)
        | { kind: "setlist", path: ("artist/" + .id + "/setlists"), query: {}, size: 20, limit: 200,
            follow: "historical-setlists", years: $r.years } else empty end ] }
