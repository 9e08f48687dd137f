# What Ticketmaster is asked for job popular-tours: its most relevant music attractions. Which of them are on a
# tour, and what is asked for those, says popular-tours.follow.jq, page by page.
.parameters as $p | .settings as $s | .job as $j
| [ { kind: "attraction", path: "attractions.json",
      query: { classificationName: "music", sort: "relevance,desc", size: ($s["page-size"] // "200") },
      limit: ($j.artists | tonumber),
      follow: "popular-tours",
      popularity: (($p.popularity // $j.popularity) | tonumber),
      window: null } ]
