package dev.backline.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Under which keys a record is found by those that may be the same; at most four each. */
public final class BlockingKeys {
  /**
   * Cells 4.9 km high and, at the equator, as wide (half of that at 60°). What lies further away
   * than the next cell is found by city and name.
   */
  private static final int PRECISION = 5;

  private BlockingKeys() {}

  /** {@code n:} name key, {@code t:} in Latin letters, {@code s:} its words sorted. */
  public static Set<String> artist(ArtistFacts artist) {
    Name name = artist.name();
    Set<String> keys = new LinkedHashSet<>();
    keys.add("n:" + name.key());
    String latin = TextKeys.transliterated(name.text());
    if (latin != null) {
      keys.add("t:" + latin);
    }
    keys.add("s:" + name.sorted());
    return keys;
  }

  /**
   * Keys to store: {@code g:} geohash of its own coordinates, {@code c:} country, city and each of
   * the two words that say most.
   */
  public static Set<String> venue(VenueFacts venue) {
    Set<String> keys = new LinkedHashSet<>();
    if (venue.isPlaced() && !venue.cityCoordinates()) {
      keys.add("g:" + Geohash.of(venue.latitude(), venue.longitude(), PRECISION));
    }
    for (String word : telling(venue.name().core())) {
      keys.add("c:" + orEmpty(venue.country()) + '|' + orEmpty(venue.city()) + '|' + word);
    }
    return keys;
  }

  /** Keys to look up: the stored ones, and the eight cells around its own. */
  public static Set<String> venueLookup(VenueFacts venue) {
    Set<String> keys = new LinkedHashSet<>(venue(venue));
    if (venue.isPlaced() && !venue.cityCoordinates()) {
      Geohash.around(venue.latitude(), venue.longitude(), PRECISION)
          .forEach(cell -> keys.add("g:" + cell));
    }
    return keys;
  }

  /** The two heaviest words, the longer first, then by the alphabet. */
  private static List<String> telling(Name name) {
    List<String> words = new ArrayList<>(name.weights().keySet());
    words.sort(
        Comparator.<String>comparingDouble(word -> -name.weights().get(word))
            .thenComparing(word -> -word.length())
            .thenComparing(word -> word));
    return words.subList(0, Math.min(2, words.size()));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
