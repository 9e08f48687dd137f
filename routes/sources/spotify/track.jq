# Spotify track -> song. In a list of an album's tracks it has neither album nor ISRC.
# Try it: jq -L routes/sources -f routes/sources/spotify/track.jq TRACK.json
include "records";
include "spotify";

record("track")
| (.album | object) as $album
| {
    entity: "song",
    title: .name | name,
    artists: .artists | artist_ids,
    album: $album.name | text(2000),
    album_type: $album.album_type | album_type,
    released_on: $album.release_date | released_on,
    isrc: .external_ids | object | .isrc | isrc,
    duration_ms: .duration_ms | whole(1; 86400000),
    popularity: .popularity | whole(0; 100),
    track_number: .track_number | whole(1; 10000)
  }
