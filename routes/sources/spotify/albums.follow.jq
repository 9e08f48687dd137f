# What a page of an artist's albums leads to: each album that is not stored yet is asked for itself, with its tracks; 20 at once,
# or as many as the request says, where the app may do that. As a list shows it, an album has no tracks: it is kept as it came and skipped.
include "records";

def batches($size): [range(0; length; $size) as $i | .[$i : $i + $size]];

.request as $r
| (.rows[0] // { known: [], batches: false }) as $known
| ([ .records[] | object | .id | select(type == "string") ]) as $ids
| ($ids - $known.known) as $new
| { skip: ([ $ids[] | { (.): "listed-only" } ] | add // {}),
    requests:
      [ if $known.batches
        then $new | batches([$r.per_call // 20, 20] | min)[] | { path: "albums", query: { ids: join(",") }, tries: "batches",
               instead: ($r | { kind, path, query, follow, mark }) }
        else $new[] | { path: ("albums/" + .), query: {} } end
        | { kind: "album", follow: "album-tracks", mark: $r.mark } + . ] }
