# What a page of attractions leads to in job popular-tours: the shows of those with enough to come, some attractions
# a request. The others are kept as they came and skipped; a listing that names one brings it in all the same.
include "records";

def upcoming: .upcomingEvents | object | ._total | number // 0;

# Attractions in groups with at most $most upcoming events together, so that no request has to be cut.
def groups($most):
  reduce .[] as $a ([];
    if length > 0 and (.[-1].events + $a.events) <= $most
    then .[:-1] + [{ events: (.[-1].events + $a.events), ids: (.[-1].ids + [$a.id]) }]
    else . + [{ events: $a.events, ids: [$a.id] }] end);

.request.popularity as $popularity | .settings as $s | .today as $today | .horizon as $horizon
| [ .records[] | object | { id: .id, events: upcoming } | select(.id | type == "string") ] as $all
| { skip: ([ $all[] | select(.events < $popularity) | { (.id): "below-popularity" } ] | add // {}),
    requests:
      [ [ $all[] | select(.events >= $popularity) ] | groups(500) | .[]
        | { kind: "event", path: "events.json",
            query: { attractionId: (.ids | join(",")), size: ($s["page-size"] // "200"), sort: "id,asc" },
            window: { from: ($today + "T00:00:00Z"), to: ($horizon + "T23:59:59Z") } } ] }
