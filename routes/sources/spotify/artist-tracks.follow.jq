# What tracks of a search, or top tracks, lead to: to nothing; those of other artists are kept as they came and skipped.
include "records";

.request.spotify_id as $wanted
| { skip: ([ .records[] | object | select(.id | type == "string")
      | select([ .artists | objects_of | .id ] | index($wanted) == null)
      | { (.id): "another-artist" } ] | add // {}) }
