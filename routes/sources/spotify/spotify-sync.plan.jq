# What Spotify is asked for job spotify-sync: the part of an artist that type names. The parts of full do not need each other.
# The artist is found by spotify-sync.plan.sql.
include "plans";
include "spotify-plans";

.settings as $s | .parameters as $p | given($p.type; "full") as $type
| if $p.artist | none then { refused: "job spotify-sync needs artist=ID, its id in the catalogue" }
  elif ["profile", "albums", "tracks", "full"] | index([$type]) == null then
    { refused: ("type=" + $type + " is none of profile, albums, tracks, full") }
  elif .rows == [] then { refused: ("there is no artist with the id " + $p.artist + " in the catalogue") }
  else
    [ .rows[]
      | if .spotify_id == null then by_name + { step: "fetching_artist" }
        else
          { mark: { artist: .artist, what: (if $type == "full" then "songs" else $type end) } } as $mark
          | (if $type == "profile" or $type == "full" then profile + $mark + { step: "profile" } else empty end),
            (if $type == "albums" or $type == "full" then albums + $mark + { step: "albums" } else empty end),
            (if $type == "tracks" or $type == "full" then top_tracks($s.market) + $mark + { step: "tracks" } else empty end) end ]
  end
