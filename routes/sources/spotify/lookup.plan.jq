# What Spotify is asked for job lookup: an artist by its id.

[ .parameters.artist // "" | select(. != "") | { kind: "artist", path: ("artists/" + .), query: {} } ]
