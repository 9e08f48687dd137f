package dev.backline.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who is on Spotify: every real artist, under the id that Ticketmaster tells where it tells one,
 * tributes and namesakes among them; and the one that compilations of several are under.
 * Thread-safe.
 */
public final class SpotifyArtists {
  /** The number of "Various Artists". */
  static final int VARIOUS = Integer.MAX_VALUE;

  private static final int GROUP = 10;

  private final World world;
  private final Artists artists;
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The artists of a world. */
  public SpotifyArtists(World world) {
    this.world = world;
    this.artists = world.realArtists();
    all().forEach(artist -> numbers.put(artist.id(), artist.number()));
    numbers.put(of(VARIOUS).id(), VARIOUS);
  }

  /** All but "Various Artists", by number. */
  public Stream<SpotifyArtist> all() {
    return artists.all().mapToObj(this::of);
  }

  /** The artist of an id, or null. */
  public SpotifyArtist find(String id) {
    Integer number = numbers.get(id);
    return number == null ? null : of(number);
  }

  boolean exists(int number) {
    return number == VARIOUS || artists.exists(number);
  }

  SpotifyArtist of(int number) {
    if (number == VARIOUS) {
      String id = Attractions.spotifyId(world.dice(), number);
      return new SpotifyArtist(number, id, "Various Artists", "various artists");
    }
    Artist artist = artists.of(number);
    return new SpotifyArtist(number, artist.spotifyId(), artist.name(), "artist " + number);
  }

  /** True for a band that sings another's songs. */
  boolean tribute(int number) {
    return number != VARIOUS && artists.of(number).kind() == Artist.Kind.TRIBUTE;
  }

  /** The artist that a stranger is named like; the number itself for another. */
  int model(int number) {
    return artists.of(number).model();
  }

  /** The next artist of the same group, who sings as a guest; the number itself for none. */
  int guest(int number) {
    return neighbour(number, 1);
  }

  /** The artist whose guest this one is; the number itself for none. */
  int host(int number) {
    return neighbour(number, -1);
  }

  /** The number of the group that shares a compilation, or -1. */
  int group(int number) {
    return number < world.artists() ? number / GROUP : -1;
  }

  /** The artists of a group. */
  IntStream members(int group) {
    int end = Math.min((group + 1) * GROUP, world.artists());
    return IntStream.range(group * GROUP, end).filter(artists::exists);
  }

  int groups() {
    return (world.artists() + GROUP - 1) / GROUP;
  }

  private int neighbour(int number, int step) {
    if (group(number) < 0) {
      return number;
    }
    int[] members = members(group(number)).toArray();
    int position = IntStream.range(0, members.length).filter(i -> members[i] == number).sum();
    return members[Math.floorMod(position + step, members.length)];
  }
}
