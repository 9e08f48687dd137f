# What the mappings of all sources share: how to read a field that may be missing or of the wrong type.
# None of these functions fails on any input, apart from object_or_fail.
#
# Two things about jackson-jq shape them. It computes what comes next on the stack of what came before,
# so a long pipeline or an object of many fields fills the stack; [...][0] lets go of it. And it looks
# every function up through all enclosing scopes, so each `as $x` makes the calls behind it slower.

# The elements of an array that are objects; nothing where it is no array.
def objects_of:
  if type == "array" then .[] | if type == "object" then . else empty end else empty end;

# The object itself, or an empty one where it is anything else.
def object: [if type == "object" then . else {} end][0];

# The object itself, an empty one for null; anything else makes the record fail, with the field's name.
def object_or_fail($field):
  if type == "object" then .
  elif . == null then {}
  else
    error($field + ": expected an object, got "
      + (type | if . == "array" then "an array" else "a " + . end))
  end;

# The record itself, which has to be an object.
def record($kind):
  if . == null then error($kind + ": expected an object, got null") else object_or_fail($kind) end;

# The first element that is not null; null where there is none.
def first_known: . - [null] | .[0];

# White space, zero-width marks and bidi marks: what names neither begin nor end with.
def blanks:
  "\t\n\u000b\f\r \u0085\u00a0\u061c\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff";

# Is this character one of them?
def blank: . as $character | blanks | index($character) != null;

# A string without blanks at its ends.
def trimmed:
  [
    if . == "" or (((.[0:1] | blank) or (.[-1:] | blank)) | not) then .
    else
      explode as $codes
      | (blanks | explode) as $blanks
      | [range($codes | length) as $at | select(($blanks | index($codes[$at])) == null) | $at] as $kept
      | if $kept == [] then "" else .[$kept[0] : $kept[-1] + 1] end
    end
  ][0];

# A string as it is meant: some sources send what they show on a page of theirs ("Salt &amp; Pepper").
def unescaped:
  if index("&") == null or index(";") == null then .
  else
    reduce (["&lt;", "<"], ["&gt;", ">"], ["&quot;", "\""], ["&#39;", "'"], ["&#039;", "'"], ["&apos;", "'"], ["&nbsp;", " "], ["&amp;", "&"])
      as $entity (.; split($entity[0]) | join($entity[1]))
  end;

# Trimmed text; null where it is empty or no string.
# (Most text begins and ends with ASCII, so that is looked at first.)
def filled:
  [
    if type != "string" then null
    elif . > "!" and . < "\u007f" and .[-1:] > " " and .[-1:] < "\u007f" then .
    else trimmed | if . == "" then null else . end end
  ][0];

# A name, which is required text; the schema judges the rest.
def name: [if type == "string" then unescaped | filled else null end][0];

# Optional text: also null where it is longer than $max or cannot be stored (PostgreSQL has no NUL).
def text($max):
  [filled | if . == null or length > $max or index("\u0000") != null then null else . end][0];

# A number, also from a numeric string such as "-75.66"; else null.
def number:
  [
    if type == "number" then .
    elif type == "string" then
      trimmed
      # Without "NaN", "Infinity", "0x1p3" and "1d", which are numbers to Java.
      | .[-1:] as $last
      | if . == "" or length > 40 or ("0123456789." | index($last)) == null or index("x") != null
          or index("X") != null
        then null
        else try tonumber catch null end
    else null end
  ][0];

# A price: not negative, at most ten million; else null.
def price:
  [
    if type == "number" then . else number end
    | if . != null and . >= 0 and . <= 10000000 then . else null end
  ][0];

# $letters capital ASCII letters (a country or currency code), upper-cased; else null.
def capitals($letters):
  [
    name
    | if . == null or length != $letters then null
      else
        [explode[] | if . >= 97 and . <= 122 then . - 32 else . end]
        | if . - [65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77,
                  78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90] == []
          then implode else null end
      end
  ][0];

# {latitude, longitude}: both or none; none where out of range or exactly 0,0. Never swapped: no guess.
def coordinates($latitude; $longitude):
  [
    ($latitude | number) as $y
    | ($longitude | number) as $x
    | if $y == null or $x == null or ($y == 0 and $x == 0)
        or $y < -90 or $y > 90 or $x < -180 or $x > 180
      then {latitude: null, longitude: null}
      else {latitude: $y, longitude: $x} end
  ][0];

# Is this a UTC instant "YYYY-MM-DDTHH:MM:SSZ" that the calendar knows (no 31 February)?
def well_formed: . == (try (fromdateiso8601 | todateiso8601) catch null);

# Such an instant, as it is; else null.
def instant: [if type == "string" and . >= "1900" and well_formed then . else null end][0];

# "HH:MM:SS" of a day; else null.
def clock:
  [if type == "string" and ("2000-01-01T" + . + "Z" | well_formed) then . else null end][0];

# An http(s) address; the query parameters apikey and app_id never survive.
def url:
  def secret: test("\\A(apikey|app_id)(=|\\z)"; "i");
  [
    text(4000)
    | if . == null or length < 9 then null
      elif (startswith("https://") or startswith("http://")) | not then null
      elif index("?") == null and index("=") == null and index("%") == null then .
      elif test("apikey|app_id"; "i") | not then .
      else
        split("#")[0] as $address
        | ($address | split("?")[0]) as $path
        | [$address[$path | length + 1:] | split("&")[] | if secret then empty else . end] as $query
        | $path
          + (if $query == [] or $query == [""] then "" else "?" + ($query | join("&")) end)
          + .[$address | length:]
        # What is left of them hides in a nested address: better no address than a key.
        | if test("(apikey|app_id)(=|%)"; "i") then null else . end
      end
  ][0];

# By which two names of one source are the same; null for what is no text.
def name_key: [if type == "string" then trimmed | ascii_downcase else null end][0];

# A MusicBrainz id, lower-cased, from an id or from an address that holds one; else null.
def mbid:
  def uuid: test("\\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\z");
  [
    text(4000)
    | if . == null then null
      else
        (split("/artist/") | if length > 1 then .[1][0:36] else .[0] end)
        | if length != 36 or . == "00000000-0000-0000-0000-000000000000" then null
          elif uuid then .
          else ascii_downcase | if uuid then . else null end end
      end
  ][0];

# A Spotify artist id from https://open.spotify.com/artist/ID?… or spotify:artist:ID; else null.
def spotify_artist:
  [
    text(4000)
    | if . == null then null
      else
        (split("/artist/")[1] // split("spotify:artist:")[1])
        | if . != null and test("\\A[0-9A-Za-z]{22}(?![0-9A-Za-z])") then .[0:22] else null end
      end
  ][0];

# The elements of an array without nulls and repetitions, in their order.
def distinct:
  [
    . - [null]
    | if length < 2 or (unique | length) == length then .
      else
        . as $all
        | [range(length) | {at: ., value: $all[.]}]
        | group_by(.value) | map(min_by(.at)) | sort_by(.at) | map(.value)
      end
  ][0];
