# What a search by name leads to: artists of just that name are kept, the others skipped.
include "records";

(.request.name | name_key) as $wanted
| { skip: ([ .records[] | object | select((.id | type == "string") and (.name | name_key) != $wanted)
      | { (.id): "another-name" } ] | add // {}) }
