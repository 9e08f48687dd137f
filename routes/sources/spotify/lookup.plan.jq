# What Spotify is asked for job lookup: an artist by its id, which becomes a part of the address.

(.parameters.artist // "") as $id
| if $id == "" then []
  elif $id | test("\\A[0-9A-Za-z]{22}\\z") then [{ kind: "artist", path: ("artists/" + $id), query: {}, cached: true }]
  else { refused: ("artist=" + $id + " is no Spotify id: these have 22 letters and digits") } end
