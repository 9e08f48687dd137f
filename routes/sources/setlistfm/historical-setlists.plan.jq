# What setlist.fm is asked for job historical-setlists: the setlists of each artist with a MusicBrainz id, newest first; those of
# an artist that was asked before, only as far as they have changed since. Artists without that id are looked up by name. Where a
# venue is asked for, what was played there.
# The artists are found by historical-setlists.plan.sql.
include "plans";

def setlists($years):
  { kind: "setlist", path: ("artist/" + .mbid + "/setlists"), query: {}, size: 20, limit: 200,
    follow: "historical-setlists", years: $years, name: .name, mark: { artist: .artist, what: "setlists" } };

def at_venue($years):
  { kind: "setlist", path: ("venue/" + (.venue | @uri) + "/setlists"), query: {}, size: 20, limit: 200,
    follow: "historical-setlists", years: $years };

def changed($years):
  { kind: "setlist", path: "search/setlists", query: { artistMbid: .mbid, lastUpdated: .since }, size: 20, limit: 200,
    years: $years, mark: { artist: .artist, what: "setlists" } };

def lookup:
  { kind: "artist", path: "search/artists", query: { artistName: .name, sort: "relevance" }, size: 30, limit: 30,
    follow: "artist-lookup", name: .name, mark: (if .artist then { artist: .artist, what: "lookup" } else null end) };

.parameters as $p | .job as $j
| (given($p.years; $j.years) | tonumber) as $years
| given($p.artist; null) as $asked
# Who asks for one artist by name wants its setlists in this run, also where it has to be looked up.
| (if $asked == null then {} else { leads_to: "setlists", years: $years } end) as $on
| [ .rows[]
    | if .venue != null then at_venue($years)
      elif .mbid == null then lookup + $on
      elif .since == null or $asked != null then setlists($years)
      else changed($years) end ]
| if . == [] and given($p.venue; null) != null then
    { refused: ("no venue '" + $p.venue + "' is known to setlist.fm; what was played there by known artists brings it") }
  elif . == [] and $asked != null then [ ({ name: $asked } | lookup) + $on ] else . end
