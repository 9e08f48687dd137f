package dev.backline.sandbox;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who is on Spotify: every real artist of music, under the id that Ticketmaster tells where it
 * tells one; beside some of them another artist of the same name, or a tribute band; and the one
 * that compilations of several are under. Thread-safe.
 */
public final class SpotifyArtists {
  /** The number of "Various Artists". */
  static final int VARIOUS = 0x7FFF_FFFF;

  private static final int GROUP = 10;
  private static final String MARKS = "[\\u200B-\\u200F\\u202A-\\u202E]";

  private final World world;
  private final Dice dice;
  private final int stride;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The artists of a world. */
  public SpotifyArtists(World world) {
    this.world = world;
    this.dice = world.dice();
    this.stride = world.attractionCount();
    all().forEach(artist -> numbers.put(artist.id(), artist.number()));
    numbers.put(of(VARIOUS).id(), VARIOUS);
  }

  /** All but "Various Artists": the real ones, then the namesakes, then the tributes. */
  public Stream<SpotifyArtist> all() {
    return IntStream.range(0, 3 * stride).filter(this::exists).mapToObj(this::of);
  }

  /** The artist of an id, or null. */
  public SpotifyArtist find(String id) {
    Integer number = numbers.get(id);
    return number == null ? null : of(number);
  }

  boolean exists(int number) {
    if (number == VARIOUS) {
      return true;
    }
    return number >= 0 && number < 3 * stride && real(number % stride) && chosen(number);
  }

  SpotifyArtist of(int number) {
    if (number == VARIOUS) {
      return new SpotifyArtist(number, id(number), "Various Artists", "various artists");
    }
    int original = original(number);
    String name = cleaned(world.attraction(original).name());
    return switch (number / stride) {
      case 0 -> {
        String id = dice.alphanumeric(22, Trait.ARTIST_SPOTIFY, number);
        yield new SpotifyArtist(number, id, name, "artist " + number);
      }
      case 1 -> new SpotifyArtist(number, id(number), name, "namesake " + original);
      default ->
          new SpotifyArtist(number, id(number), tributeTo(name, original), "tribute " + original);
    };
  }

  /** True for a band that sings another's songs. */
  boolean tribute(int number) {
    return number != VARIOUS && number / stride == 2;
  }

  /** The real artist that a namesake or tribute is named like; the number itself for another. */
  int original(int number) {
    return number % stride;
  }

  /** The next real artist of the same group, who sings as a guest; the number itself for none. */
  int guest(int number) {
    return neighbour(number, 1);
  }

  /** The artist whose guest this one is; the number itself for none. */
  int host(int number) {
    return neighbour(number, -1);
  }

  /** The number of the group that shares compilations, or -1. */
  int group(int number) {
    return number < stride && real(number) ? number / GROUP : -1;
  }

  /** The real artists of a group. */
  IntStream members(int group) {
    return IntStream.range(group * GROUP, group * GROUP + GROUP).filter(this::real);
  }

  int groups() {
    return (stride + GROUP - 1) / GROUP;
  }

  private int neighbour(int number, int step) {
    if (group(number) < 0) {
      return number;
    }
    int[] members = members(group(number)).toArray();
    int position = IntStream.range(0, members.length).filter(i -> members[i] == number).sum();
    return members[Math.floorMod(position + step, members.length)];
  }

  private boolean real(int number) {
    return number < stride
        && world.attraction(number).artist() == number
        && world.attraction(number).segment() == Segment.MUSIC;
  }

  /** Real artists always are; artist 0 has a namesake and a tribute in every world. */
  private boolean chosen(int number) {
    int original = original(number);
    return switch (number / stride) {
      case 0 -> true;
      case 1 -> original == 0 || dice.hit(8, Trait.SPOTIFY_NAMESAKE, original);
      default -> original == 0 || dice.hit(10, Trait.SPOTIFY_TRIBUTE, original);
    };
  }

  private String tributeTo(String name, int original) {
    return switch (dice.below(3, Trait.SPOTIFY_TRIBUTE, -original - 1L)) {
      case 0 -> name + " Tribute Band";
      case 1 -> name + " Karaoke";
      default -> "The " + name + " Experience";
    };
  }

  private String id(int number) {
    return dice.alphanumeric(22, Trait.SPOTIFY_ARTIST, number);
  }

  /** A name without the dirt that Ticketmaster leaves in it. */
  private static String cleaned(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .replaceAll(MARKS, "")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
