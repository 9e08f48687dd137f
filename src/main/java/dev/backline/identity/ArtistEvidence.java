package dev.backline.identity;

import dev.backline.identity.Evidence.Tally;
import java.util.Collections;
import java.util.Set;
import java.util.TreeMap;

/** Are two records the same artist? */
public final class ArtistEvidence {
  /**
   * Joined from here on: a rare name alone reaches 0.85, an everyday one ("Air") with one shared
   * show too. Chosen on one half of the labelled pairs and checked on the other.
   */
  public static final double ACCEPT = 0.80;

  /** A person is asked from here on: an equal name with something that supports it. */
  public static final double REVIEW = 0.65;

  /** Weight of a name's words from which it is carried by one artist, as far as a name can tell. */
  private static final double RARE = 1.0;

  private static final double FAIRLY_RARE = 0.6;

  private ArtistEvidence() {}

  public static Evidence of(ArtistFacts a, ArtistFacts b) {
    if (a.source().equals(b.source())) {
      return Evidence.vetoed("two ids of one source");
    }
    boolean sameMbid = a.mbid() != null && a.mbid().equals(b.mbid());
    if (a.mbid() != null && b.mbid() != null && !sameMbid) {
      return Evidence.vetoed("different MusicBrainz ids");
    }
    if (sameMbid) {
      return new Tally().add(100, "same MusicBrainz id").evidence();
    }
    if (a.spotifyId() != null && b.spotifyId() != null) {
      return a.spotifyId().equals(b.spotifyId())
          ? new Tally().add(100, "same Spotify id").evidence()
          : Evidence.vetoed("different Spotify ids");
    }
    if (a.tributes().isEmpty() != b.tributes().isEmpty()) {
      Set<String> words = a.tributes().isEmpty() ? b.tributes() : a.tributes();
      return Evidence.vetoed("only one is called \"" + words.iterator().next() + '"');
    }
    return byName(a, b);
  }

  private static Evidence byName(ArtistFacts a, ArtistFacts b) {
    Tally tally = new Tally();
    Likeness likeness = Likeness.of(a.name(), b.name());
    int shared = shared(a.shows(), b.shows());
    switch (likeness.kind()) {
      case EQUAL -> tally.add(50, likeness.line());
      case NEAR -> tally.add(30, likeness.line());
      default -> {
        return tally.add(0, likeness.line()).evidence();
      }
    }
    double weight = Math.min(a.name().weight(), b.name().weight());
    boolean equal = likeness.kind() == Likeness.Kind.EQUAL;
    if (equal && weight >= RARE) {
      tally.add(35, "a rare name");
    } else if (equal && weight >= FAIRLY_RARE) {
      tally.add(15, "a fairly rare name");
    } else if (weight >= RARE && shared > 0) {
      tally.add(20, "a rare name");
    }
    if (shared > 1) {
      tally.add(45, shared + " shows in common");
    } else if (shared == 1) {
      tally.add(35, "a show in common");
    } else if (elsewhere(a.shows(), b.shows()) > 1) {
      tally.add(-25, "in different places on the same days");
    }
    if (!a.genres().isEmpty() && !b.genres().isEmpty()) {
      boolean agree = !Collections.disjoint(a.genres(), b.genres());
      tally.add(agree ? 8 : -5, agree ? "genres agree" : "genres differ");
    }
    if (a.country() != null && b.country() != null) {
      boolean agree = a.country().equals(b.country());
      tally.add(agree ? 7 : -15, agree ? "same country" : "different countries");
    }
    return tally.evidence();
  }

  private static int shared(Set<String> a, Set<String> b) {
    Set<String> fewer = a.size() < b.size() ? a : b;
    Set<String> more = fewer == a ? b : a;
    int shared = 0;
    for (String show : fewer) {
      shared += more.contains(show) ? 1 : 0;
    }
    return shared;
  }

  /** Days on which both play, at different venues. */
  private static int elsewhere(Set<String> a, Set<String> b) {
    TreeMap<String, String> venues = new TreeMap<>();
    a.forEach(show -> venues.put(day(show), show));
    int days = 0;
    for (String show : b) {
      days += venues.containsKey(day(show)) && !a.contains(show) ? 1 : 0;
    }
    return days;
  }

  private static String day(String show) {
    return show.substring(0, Math.max(0, show.indexOf('|')));
  }
}
