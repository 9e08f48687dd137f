# What Spotify is asked for job artist-import: the artist, and its songs unless they are fresh or not wanted. One without an id
# there is looked up by name. The artist is found by artist-import.plan.sql.
include "spotify-plans";

.settings as $s | .parameters as $p | .job as $j
| ($p.force_refresh == "true") as $anyway
| [ .rows[]
    | if .spotify_id == null then by_name + { step: "fetching_artist" }
      elif $p.skip_dependencies == "true" or (.fresh and ($anyway | not)) then profile + { step: "fetching_artist" }
      else
        { mark: { artist: .artist, what: "songs" } } as $mark
        | profile + $mark + { step: "fetching_artist" }, ((top_tracks($s.market), albums + { per_call: ($j."albums-per-call" | tonumber) }) + $mark + { step: "syncing_songs" }) end ]
