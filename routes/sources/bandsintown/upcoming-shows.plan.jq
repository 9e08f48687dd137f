# What Bandsintown is asked for job upcoming-shows: the shows of each artist, by its id there where that is known, else by its
# name. The artists are found by upcoming-shows.plan.sql. A request by id for all that is to come sweeps the artist: a listing of
# it that is not found is missing (routes/sql/missed-records.sql).

# A name in a path. The API unescapes these four twice; " it takes for an apostrophe.
def in_path:
  [ explode[] | [.] | implode
    | if . == "/" then "%252F" elif . == "?" then "%253F" elif . == "*" then "%252A" elif . == "\"" then "%27C" else @uri end ]
  | join("");

.parameters as $p | .today as $today | .horizon as $horizon
| (if $p.from or $p.to then ($p.from // $today) + "," + ($p.to // $horizon) else "upcoming" end) as $date
| [ .rows[]
    | { kind: "event", query: { date: $date }, mark: { artist: .artist, what: "shows" } }
      + if .bandsintown_id then { path: ("artists/id_" + (.bandsintown_id | @uri) + "/events") }
             + (if $p.from or $p.to then {} else { sweeps: { artist: .bandsintown_id } } end)
        else { path: ("artists/" + (.name | in_path) + "/events"), follow: "events-by-name", name: .name } end ]
