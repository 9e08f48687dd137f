# Spotify artist -> artist. Genres and popularity are told to some apps only.
# Try it: jq -L routes/sources -f routes/sources/spotify/artist.jq ARTIST.json
include "records";
include "spotify";

def widest: [objects_of | {width: (.width | number // 0), url: .url | url} | select(.url != null)] | max_by(.width) | .url;

record("artist")
| {
    entity: "artist",
    name: .name | name,
    mbid: null,
    spotify_id: [.id | if type == "string" and test("\\A[0-9A-Za-z]{22}\\z") then . else null end][0],
    image_url: .images | widest,
    genres: [.genres | if type == "array" then .[] else empty end | text(200)] | distinct,
    popularity: .popularity | whole(0; 100),
    music: true
  }
