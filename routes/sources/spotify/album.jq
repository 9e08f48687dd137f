# Spotify album -> album with the tracks that are listed with it; those behind the first 50 come as tracks.
# Try it: jq -L routes/sources -f routes/sources/spotify/album.jq ALBUM.json
include "records";
include "spotify";

def track:
  {
    id: .id | text(100),
    title: .name | text(2000),
    artists: .artists | artist_ids,
    isrc: .external_ids | object | .isrc | isrc,
    duration_ms: .duration_ms | whole(1; 86400000),
    track_number: .track_number | whole(1; 10000)
  };

record("album")
| {
    entity: "album",
    name: .name | name,
    artists: .artists | artist_ids,
    type: .album_type | album_type,
    released_on: .release_date | released_on,
    total_tracks: [(.total_tracks | whole(0; 10000)), (.tracks | object | .total | whole(0; 10000))] | first_known,
    tracks: [.tracks | object | .items | objects_of | track | select(.id != null and .title != null)]
  }
