# What a page of setlists leads to: to no further one where it reaches back behind the years asked for. Setlists from before
# are kept as they came and skipped.
include "records";

def day: [if type == "string" and length == 10 then .[6:10] + "-" + .[3:5] + "-" + .[0:2] else null end][0];

.request.years as $years
| ((.today[0:4] | tonumber) - ($years // 2) | tostring) as $year
| ($year + .today[4:]) as $first
| [ .records[] | object | { id: .id, day: .eventDate | day } | select((.id | type == "string") and .day != null and .day < $first) ] as $old
| { skip: ([ $old[] | { (.id): "too-old" } ] | add // {}), end: ($old != []) }
