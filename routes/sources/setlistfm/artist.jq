# setlist.fm artist -> artist. Its id is its MusicBrainz id.
# Try it: jq -L routes/sources -f routes/sources/setlistfm/artist.jq ARTIST.json
include "records";

record("artist")
| {
    entity: "artist",
    name: .name | name,
    sort_name: .sortName | text(10000),
    mbid: .mbid | mbid,
    spotify_id: null,
    image_url: null,
    genres: [],
    music: true
  }
