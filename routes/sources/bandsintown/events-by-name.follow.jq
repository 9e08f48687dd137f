# What the events of an artist that was asked for by name lead to: to nothing, but one whose line-up does not hold that name
# belongs to somebody else; it is kept as it came and skipped.
include "records";

(.request.name | name_key) as $wanted
| { skip: ([ .records[] | object | select(.id | type == "string")
      | select([ .lineup | if type == "array" then .[] else empty end | name_key ] | index($wanted) == null)
      | { (.id): "another-name" } ] | add // {}) }
