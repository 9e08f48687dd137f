# setlist.fm setlist -> show with what was played. Artist and venue are records of their own; the show names their ids.
# Try it: jq -L routes/sources -f routes/sources/setlistfm/setlist.jq SETLIST.json
include "records";

# YYYY-MM-DD from dd-MM-yyyy; any other text is passed on as given, for the schema to reject.
def day:
  if type == "string" and test("\\A[0-9]{2}-[0-9]{2}-[0-9]{4}\\z")
  then .[6:10] + "-" + .[3:5] + "-" + .[0:2] else . end;

# The number of an encore, from 1; null in the main part.
def encore: [if type == "number" and . >= 1 and . <= 100 and . == floor then . else null end][0];

def cover: [object | {id: .mbid | mbid, name: .name | text(10000)} | if .name == null then null else . end][0];

# Songs in their order with the set they belong to; one without a name says only that something was played.
def songs:
  [
    .sets | object | .set | objects_of
    | (.name | text(200)) as $set
    | (.encore | encore) as $encore
    | .song | objects_of
    | {
        title: .name | text(2000),
        set: $set,
        encore: $encore,
        tape: (.tape == true),
        info: .info | text(2000),
        cover_of: .cover | cover
      }
    | select(.title != null)
  ][0:500];

record("setlist")
| (.artist | object | .mbid | mbid) as $artist
| {
    entity: "show",
    name: ((.artist | object | .name | text(10000)) // (.venue | object | .name | text(10000)) // "Setlist"),
    venue: .venue | object | .id | text(200),
    artists: [$artist] | distinct,
    local_date: .eventDate | day,
    local_time: null,
    starts_at: null,
    timezone: null,
    status: "scheduled",
    url: null,
    price_min: null,
    price_max: null,
    currency: null,
    tour: .tour | object | .name | text(1000),
    setlist: (if $artist == null then null else {artist: $artist, url: .url | url, songs: songs} end)
  }
