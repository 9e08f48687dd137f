package dev.backline.sandbox;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * An album, single or compilation.
 *
 * @param id 22 characters of base 62
 * @param artist the number of the artist whose release it is; {@link SpotifyArtists#VARIOUS} on a
 *     compilation of several
 * @param date the whole date, of which the API gives what {@code precision} allows
 */
public record Release(
    String id,
    int artist,
    String name,
    Type type,
    LocalDate date,
    Precision precision,
    List<Track> tracks) {

  /** The type that the API names. */
  public enum Type {
    ALBUM,
    SINGLE,
    COMPILATION;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How much of the date is known. */
  public enum Precision {
    YEAR(4),
    MONTH(7),
    DAY(10);

    private final int characters;

    Precision(int characters) {
      this.characters = characters;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The date as the API gives it: "2011", "2011-06" or "2011-06-04". */
  public String shownDate() {
    return date.toString().substring(0, precision.characters);
  }

  /** True when the artist is credited on a track. */
  boolean credits(int number) {
    return tracks.stream().anyMatch(track -> track.artists().contains(number));
  }
}
