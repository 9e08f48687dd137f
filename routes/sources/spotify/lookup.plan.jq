# What Spotify is asked for job lookup: an artist or a track by its id, which becomes a part of the address.

.parameters as $p
| [ { name: "artist", path: "artists/" }, { name: "track", path: "tracks/" }
    | . + { id: ($p[.name] // "") } | select(.id != "") ] as $asked
| ($asked | map(select(.id | test("\\A[0-9A-Za-z]{22}\\z") | not)) | .[0]) as $wrong
| if $wrong then { refused: ($wrong.name + "=" + $wrong.id + " is no Spotify id: these have 22 letters and digits") }
  else $asked | map({ kind: .name, path: (.path + .id), query: {}, cached: true }) end
