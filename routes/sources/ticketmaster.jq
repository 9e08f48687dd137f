# What Ticketmaster's classifications say. A segment's name depends on the language of the answer,
# so its id decides; the name does where there is no id.
include "records";

# Is this classification music? true, false, or null: it does not say.
def music:
  [
    .segment
    | object
    | if .id == "KZFzniwnSyZfZ7v7nJ" then true
      elif .id == "KZFzniwnSyZfZ7v7nl" or .name == "Undefined" then null
      elif .id | type == "string" and . != "" then false
      elif .name == "Music" then true
      elif .name | type == "string" and . != "" then false
      else null end
  ][0];

# Does the record say it is music? The primary classification first, then the first that says anything.
def says_music:
  [
    [.classifications | objects_of]
    | if length > 1 then [.[] | select(.primary == true)] + . else . end
    | [.[] | music] | first_known
  ][0];
