# What a page of setlists leads to: to no further one where it reaches back behind the years asked for. Setlists from before
# are kept as they came and skipped. An artist that is asked for by one MBID and answered by another has been joined with it at
# MusicBrainz: the old id leads to the new one. Only where the name is the same: an answer about somebody else joins nobody.
include "records";

def day: [if type == "string" and length == 10 then .[6:10] + "-" + .[3:5] + "-" + .[0:2] else null end][0];

.request.years as $years
| (.request.name | name_key) as $name
| ((.today[0:4] | tonumber) - ($years // 2) | tostring) as $year
| ($year + .today[4:]) as $first
| [ .records[] | object | { id: .id, day: .eventDate | day } | select((.id | type == "string") and .day != null and .day < $first) ] as $old
| ([ .request.path | strings | capture("\\Aartist/(?<id>[^/]+)/setlists\\z").id | mbid ][0]) as $asked
| ([ .records[] | object | .artist | object | [(.mbid | mbid), (.name | name_key)] ] | unique) as $answered
| { skip: ([ $old[] | { (.id): "too-old" } ] | add // {}), end: ($old != []),
    redirects: (if $asked != null and ($answered | length) == 1 and $answered[0][0] != null and $answered[0][0] != $asked
        and $answered[0][1] != null and $answered[0][1] == $name
      then { ($asked): $answered[0][0] } else {} end) }
