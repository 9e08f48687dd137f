# What Spotify's artists, albums and tracks have in common. What an app is not served is absent, not null.
include "records";

# A whole number from $min to $max, also from 85.0 or "85"; else null. (floor gives 85.0 again.)
def whole($min; $max):
  [
    number
    | if . == null or . < $min or . > $max then null
      else
        . as $number
        | tostring
        | if test("\\A[0-9]+\\z") then $number
          elif test("\\A[0-9]+\\.[0-9]+\\z") then split(".")[0] | tonumber
          else null end
      end
  ][0];

# The ids of artists, the main one first.
def artist_ids: [objects_of | .id | text(100)] | distinct;

# The first day of a date of release, which may be a year, a month or a day.
def released_on:
  [
    text(10)
    | if . == null then null
      else
        (if length == 4 then . + "-01-01" elif length == 7 then . + "-01" else . end)
        | if (. + "T00:00:00Z") | instant != null then . else null end
      end
  ][0];

def album_type: [if . == "album" or . == "single" or . == "compilation" then . else null end][0];

# An ISRC, in capitals and without dashes.
def isrc:
  [
    text(40)
    | if . == null then null
      else split("-") | join("") | ascii_upcase | if test("\\A[A-Z0-9]{12}\\z") then . else null end end
  ][0];
