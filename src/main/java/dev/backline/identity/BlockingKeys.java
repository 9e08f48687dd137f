package dev.backline.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Under which keys a record is found by those that may be the same; at most four each. */
public final class BlockingKeys {
  /**
   * Cells 4.9 km high and, at the equator, as wide (half of that at 60°). What lies further away
   * than the next cell is found by city and name.
   */
  private static final int PRECISION = 5;

  private static final int LONGEST = 200;

  private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
  private static final Pattern DOUBLED = Pattern.compile("(.)\\1+");

  private BlockingKeys() {}

  /** Names with fewer consonants than this have too many others beside them. */
  private static final int SKELETON = 6;

  /**
   * {@code n:} name key, {@code t:} in Latin letters without spaces, {@code s:} its words sorted,
   * {@code k:} the consonants of a long name, which most slips of the pen leave alone.
   */
  public static Set<String> artist(ArtistFacts artist) {
    Name name = artist.name();
    Set<String> keys = new LinkedHashSet<>();
    keys.add("n:" + cut(name.key()));
    keys.add("t:" + cut(name.squashed()));
    keys.add("s:" + cut(name.sorted()));
    String consonants =
        DOUBLED.matcher(VOWELS.matcher(name.squashed()).replaceAll("")).replaceAll("$1");
    if (consonants.length() >= SKELETON) {
      keys.add("k:" + cut(consonants));
    }
    return keys;
  }

  /** The key that {@link #artist} has after {@code n:}; a key of a key is itself. */
  static String artistName(String name, Words words) {
    return cut(TextKeys.name(ArtistFacts.withoutLabels(name, words)));
  }

  /**
   * Keys to store: {@code g:} geohash of its own coordinates, {@code c:} country, city and each of
   * the two words that say most, or with the one name of a house that was renamed.
   */
  public static Set<String> venue(VenueFacts venue) {
    Set<String> keys = new LinkedHashSet<>();
    if (venue.isPlaced() && !venue.cityCoordinates()) {
      keys.add("g:" + Geohash.of(venue.latitude(), venue.longitude(), PRECISION));
    }
    String city = "c:" + orEmpty(venue.country()) + '|' + cut(orEmpty(venue.city())) + '|';
    telling(venue.name().core()).forEach(word -> keys.add(city + cut(word)));
    if (venue.name().house() != null) {
      keys.add(city + cut(venue.name().house()));
    }
    return keys;
  }

  /**
   * What stands in an index cannot be of any length; names that begin alike are worth comparing.
   */
  private static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST)));
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
