# What Ticketmaster is asked for job popular-artists: its most relevant music attractions.
.parameters as $p | .settings as $s | .job as $j
| (($p.limit // $j.limit) | tonumber) as $limit
| [ { kind: "attraction", path: "attractions.json", limit: $limit,
      query: { classificationName: "music", sort: "relevance,desc", size: ([ $limit, ($s["page-size"] // "200" | tonumber) ] | min | tostring) } } ]
