package dev.backline.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The songs of every artist: a pure function of the seed and the artist's number, computed when
 * asked for and not kept. Thread-safe.
 */
public final class Repertoire {
  private static final int MOST = 60;
  private static final int FEWEST = 8;

  /** Room between the random numbers of two artists; more than any artist takes. */
  private static final long STRIDE = 1024;

  private final Dice dice;
  private final int firstYear;

  /** The repertoire of a world. */
  public Repertoire(World world) {
    this.dice = world.dice();
    this.firstYear = world.start().getYear() - 40;
  }

  /**
   * The songs of an artist, 8 to 60, older ones first. Artist 0 has 60, every hard title among
   * them; another has some of those.
   *
   * @param artist the number of an artist, see {@link Attraction#artist}
   */
  public List<Song> songs(int artist) {
    List<String> titles = titles(artist);
    int debut = firstYear + dice.below(30, Trait.SONG_YEAR, -artist - 1L);
    int pace = 1 + dice.below(4, Trait.SONG_YEAR, artist);
    List<Song> songs = new ArrayList<>();
    for (int i = 0; i < titles.size(); i++) {
      int year = Math.min(debut + i / 12 * pace, firstYear + 39);
      String isrc = Isrc.of(artist, i, 0, year);
      songs.add(new Song(i, titles.get(i), duration(artist, i), isrc, artist, year));
    }
    return List.copyOf(songs);
  }

  private List<String> titles(int artist) {
    int count =
        artist == 0 ? MOST : FEWEST + dice.below(MOST - FEWEST + 1, Trait.SONG_COUNT, artist);
    List<String> titles = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (int entry : order(Titles.HARD.size(), Trait.SONG_HARD, artist)) {
      if (artist == 0 || titles.size() < count / 3) {
        Titles.HARD.get(entry).forEach(title -> add(titles, keys, title));
      }
    }
    for (long i = 0; titles.size() < count; i++) {
      int number = dice.below(Titles.PLAIN, Trait.SONG_TITLE, artist * STRIDE + i);
      add(titles, keys, Titles.plain(number));
    }
    return order(count, Trait.SONG_ORDER, artist).stream().map(titles::get).toList();
  }

  private static void add(List<String> titles, Set<String> keys, String title) {
    if (keys.add(Titles.key(title))) {
      titles.add(title);
    }
  }

  /** The numbers below {@code size} in an order of the artist's own. */
  private List<Integer> order(int size, Trait trait, int artist) {
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingLong(i -> dice.roll(trait, artist * STRIDE + i)))
        .toList();
  }

  private int duration(int artist, int song) {
    long index = artist * STRIDE + song;
    boolean odd = dice.hit(6, Trait.SONG_DURATION, -index - 1);
    int shortest = odd ? 45_000 : 140_000;
    return shortest + dice.below(odd ? 800_000 : 170_000, Trait.SONG_DURATION, index);
  }
}
