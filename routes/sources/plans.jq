# What plans share: what is given or else, groups of rows, and places.

def none: . == null or . == "";
def given($a; $b): if ($a | none) then $b else $a end;

# The elements of an array in arrays of at most $size.
def groups_of($size): . as $all | range(0; length; $size) as $from | $all[$from:$from + $size];

# A request without dates that holds more than can be paged is cut by these values: first by country, and
# the largest countries by state (the codes that the API documents).
def states: {
  US: "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY",
  CA: "AB BC MB NB NL NT NS NU ON PE QC SK YT",
  AU: "ACT NSW NT QLD SA TAS VIC WA" };
def countries: "US AD AI AR AU AT AZ BS BH BB BE BM BR BG CA CL CN CO CR HR CY CZ DK DO EC EE FO FI FR GE DE GH GI GB GR HK HU IS IN IE IL IT JM JP KR LV LB LT LU MY MT MX MC ME MA NL AN NZ ND NO PE PL PT RO RU LC SA RS SG SK SI ZA ES SE CH TW TH TT TR UA AE UY VE";
def values($text; f): reduce ($text | split(" "))[] as $v ({}; . + { ($v): ($v | f) });
def state_cuts: states[.] as $s | if $s then { stateCode: values($s; {}) } else {} end;
def cuts($country; $state):
  if ($state | none | not) then {}
  elif ($country | none) then { countryCode: values(countries; state_cuts) }
  else ($country | state_cuts) end;

# The cell of the globe that holds a point: 45 bits halve longitude and latitude in turn, five to a character; some five metres.
def geohash($latitude; $longitude):
  reduce range(45) as $bit ({ lon: [-180, 180], lat: [-90, 90], digit: 0, hash: "" };
    (if $bit % 2 == 0 then "lon" else "lat" end) as $axis
    | (if $bit % 2 == 0 then $longitude else $latitude end) as $at
    | ((.[$axis][0] + .[$axis][1]) / 2) as $middle
    | (if $at >= $middle then 1 else 0 end) as $upper
    | .[$axis] = (if $upper == 1 then [$middle, .[$axis][1]] else [.[$axis][0], $middle] end)
    | (.digit * 2 + $upper) as $digit
    | if $bit % 5 == 4 then .hash = .hash + "0123456789bcdefghjkmnpqrstuvwxyz"[$digit:$digit + 1] | .digit = 0
      else .digit = $digit end)
  | .hash;
