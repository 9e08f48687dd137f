# Ticketmaster attraction -> artist. Also teams and plays are attractions: `music` tells them apart.
# Try it: jq -L routes/sources -f routes/sources/ticketmaster/attraction.jq ATTRACTION.json
include "records";
include "ticketmaster";

# The widest 16:9 image that is not a stand-in, else the widest image.
def image:
  def widest: sort_by(.width | number) | .[-1];
  [
    [objects_of]
    | ([.[] | select(.ratio == "16_9" and .fallback != true)] | widest) // widest
    | .url | url
  ][0];

def genres:
  [objects_of | (.genre, .subGenre) | object | .name | text(200)] - [null, "Undefined", "Other"]
  | distinct;

record("attraction")
| {
    entity: "artist",
    name: .name | name,
    mbid: [.externalLinks | object | .musicbrainz | objects_of | (.id, .url) | mbid] | first_known,
    spotify_id: [.externalLinks | object | .spotify | objects_of | .url | spotify_artist] | first_known,
    image_url: .images | image,
    genres: .classifications | genres,
    music: says_music
  }
