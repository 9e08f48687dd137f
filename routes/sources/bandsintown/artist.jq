# Bandsintown artist -> artist. What it does not know is "".
# Try it: jq -L routes/sources -f routes/sources/bandsintown/artist.jq ARTIST.json
include "records";

record("artist")
| {
    entity: "artist",
    name: .name | name,
    mbid: .mbid | mbid,
    spotify_id: [.links | objects_of | select(.type == "spotify") | .url | spotify_artist] | first_known,
    image_url: .image_url | url,
    genres: [],
    music: true
  }
