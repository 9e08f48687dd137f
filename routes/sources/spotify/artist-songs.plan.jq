# What Spotify is asked for job artist-songs: of each artist itself, its top tracks (where the app is not served these, what a
# search finds) and all albums and singles, each of which is asked for by albums.follow.jq. Artists without a Spotify id are
# looked up by name. The artists are found by artist-songs.plan.sql.
include "spotify-plans";

.settings as $s
| [ .rows[]
    | if .spotify_id == null then by_name
      else (profile, top_tracks($s.market), albums) + { mark: { artist: .artist, what: "songs" } } end ]
