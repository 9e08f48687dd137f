package dev.backline.sandbox;

import java.util.Comparator;
import java.util.function.Function;

/** Finds the artists that a query of setlist.fm asks for: by MBID, or by words of the name. */
final class ArtistSearch {
  private final String mbid;
  private final String name;
  private final boolean byName;

  ArtistSearch(Params params) {
    this.mbid = params.get("artistMbid");
    this.name =
        params.get("artistName") == null ? null : Spellings.folded(params.get("artistName"));
    this.byName = !"relevance".equals(params.get("sort"));
  }

  String key() {
    return "setlistfm artists " + mbid + " " + name + " " + byName;
  }

  /** Sorted by sort name, the default; or the whole name first for "relevance". */
  int[] find(Artists artists, Setlists setlists, SetlistJson json) {
    Function<Artist, String> sortName = artist -> Names.sortName(json.name(artist));
    Comparator<Artist> order = Comparator.comparing(sortName).thenComparing(Artist::number);
    if (!byName) {
      order =
          Comparator.comparing((Artist artist) -> !folded(json, artist).equals(name))
              .thenComparing(order);
    }
    return artists
        .all()
        .filter(setlists::knows)
        .mapToObj(artists::of)
        .filter(artist -> mbid == null || artist.mbid().equals(mbid))
        .filter(artist -> name == null || folded(json, artist).contains(name))
        .sorted(order)
        .mapToInt(Artist::number)
        .toArray();
  }

  private static String folded(SetlistJson json, Artist artist) {
    return Spellings.folded(json.name(artist));
  }
}
