# What Spotify is asked for job popular-artists: the artists that a search finds first, in each genre.
.parameters as $p | .job as $j
| ($j.genres | split(",")) as $genres
| (($p.limit // $j.limit) | tonumber) as $limit
| (($limit + ($genres | length) - 1) / ($genres | length) | tostring | split(".")[0] | tonumber) as $each
| [ $genres[]
    | { kind: "artist", path: "search", size: ([ $each, 10 ] | min), limit: $each,
        query: { q: ("genre:\"" + . + "\""), type: "artist", limit: ([ $each, 10 ] | min | tostring) } } ]
