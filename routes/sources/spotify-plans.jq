# What Spotify is asked for an artist: rows have spotify_id and name, and say what the app is served (top_tracks, large_pages).

def profile: { kind: "artist", path: ("artists/" + .spotify_id), query: {} };

def by_name:
  { kind: "artist", path: "search", query: { q: .name, type: "artist", limit: "10" }, size: 10, limit: 10,
    follow: "artist-lookup", name: .name, mark: { artist: .artist, what: "lookup" } };

def search:
  { path: "search", query: { q: ("artist:\"" + (.name | split("\"") | join(" ")) + "\""), type: "track", limit: "10" }, size: 10, limit: 10 };

def top_tracks($market):
  { kind: "track", follow: "artist-tracks", spotify_id: .spotify_id }
  + (if .top_tracks
     then { path: ("artists/" + .spotify_id + "/top-tracks"), query: { market: $market }, tries: "top-tracks", instead: search }
     else search end);

def albums:
  { include_groups: "album,single" } as $query
  | { kind: "release", path: ("artists/" + .spotify_id + "/albums"), follow: "albums" }
    + (if .large_pages
       then { query: ($query + { limit: "50" }), tries: "large-pages", instead: { query: ($query + { limit: "10" }) } }
       else { query: ($query + { limit: "10" }) } end);
