# What a search by name leads to: artists of just that name are kept, the others skipped.
include "records";

def key: [if type == "string" then trimmed | ascii_downcase else null end][0];

(.request.name | key) as $wanted
| { skip: ([ .records[] | object | select((.id | type == "string") and (.name | key) != $wanted)
      | { (.id): "another-name" } ] | add // {}) }
