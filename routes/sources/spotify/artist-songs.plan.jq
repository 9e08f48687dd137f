# What Spotify is asked for job artist-songs: of each artist itself, its top tracks (where the app is not served these, what a
# search finds) and all albums and singles, each of which is asked for by albums.follow.jq. Artists without a Spotify id are
# looked up by name. The artists are found by artist-songs.plan.sql.

def search:
  { path: "search", query: { q: ("artist:\"" + (.name | split("\"") | join(" ")) + "\""), type: "track", limit: "10" }, size: 10, limit: 10 };

def top_tracks($s):
  { kind: "track", follow: "artist-tracks", spotify_id: .spotify_id }
  + (if .top_tracks
     then { path: ("artists/" + .spotify_id + "/top-tracks"), query: { market: $s.market }, tries: "top-tracks", instead: search }
     else search end);

def albums:
  { include_groups: "album,single" } as $query
  | { kind: "release", path: ("artists/" + .spotify_id + "/albums"), follow: "albums" }
    + (if .large_pages
       then { query: ($query + { limit: "50" }), tries: "large-pages", instead: { query: ($query + { limit: "10" }) } }
       else { query: ($query + { limit: "10" }) } end);

.settings as $s
| [ .rows[]
    | if .spotify_id == null
      then { kind: "artist", path: "search", query: { q: .name, type: "artist", limit: "10" }, size: 10, limit: 10,
             follow: "artist-lookup", name: .name, mark: { artist: .artist, what: "lookup" } }
      else ({ kind: "artist", path: ("artists/" + .spotify_id), query: {} }, top_tracks($s), albums)
           + { mark: { artist: .artist, what: "songs" } } end ]
