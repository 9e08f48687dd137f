package dev.backline.sandbox;

import dev.backline.sandbox.Setlist.Played;
import dev.backline.sandbox.Setlist.SongSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * What is played: each artist has an order of songs for a leg of 300 days and changes it from show
 * to show, some hardly, some every night. A support act plays five to eight songs and no encore.
 */
final class RunningOrder {
  private static final int LEG = 300;
  private static final String[] NOTES = {
    "Acoustic", "Tour debut", "First time live", "With extended jam", "Live debut", "Shortened", ">"
  };

  private final World world;
  private final Dice dice;
  private final Artists artists;
  private final Repertoire repertoire;
  private final Spellings spellings;

  RunningOrder(World world) {
    this.world = world;
    this.dice = world.dice();
    this.artists = world.realArtists();
    this.repertoire = new Repertoire(world);
    this.spellings = new Spellings(dice);
  }

  /** The sets of an appearance, all of them with songs. */
  List<SongSet> of(int appearance, Show show, Artist artist) {
    List<Played> lines = lines(appearance, songs(appearance, show, artist), artist);
    boolean headliner = Shows.position(appearance) == 0;
    int first = encore(appearance, headliner, 1, 80) ? 2 + at(appearance, 3, Trait.SET_ENCORE) : 0;
    int second = first > 0 && encore(appearance, headliner, 2, 25) ? 1 : 0;
    int main = lines.size() - first - second;
    List<SongSet> sets = new ArrayList<>();
    if (main >= 8 && dice.hit(8, Trait.SET_HABIT, -artist.number() - 1)) {
      sets.add(new SongSet("Set 1:", 0, lines.subList(0, main / 2)));
      sets.add(new SongSet("Set 2:", 0, lines.subList(main / 2, main)));
    } else {
      String name = dice.hit(5, Trait.SET_ENCORE, -appearance - 1) ? "" : null;
      sets.add(new SongSet(name, 0, lines.subList(0, main)));
    }
    if (first > 0) {
      sets.add(new SongSet(null, 1, lines.subList(main, main + first)));
    }
    if (second > 0) {
      sets.add(new SongSet(null, 2, lines.subList(main + first, lines.size())));
    }
    return sets;
  }

  private boolean encore(int appearance, boolean headliner, int number, int percent) {
    return headliner && dice.hit(percent, Trait.SET_ENCORE, appearance * 4L + number);
  }

  /** The artist's songs of the evening in order. The late show ends the repertoire from behind. */
  private List<Song> songs(int appearance, Show show, Artist artist) {
    boolean tribute = artist.kind() == Artist.Kind.TRIBUTE;
    List<Song> all = repertoire.songs(tribute ? artist.model() : artist.number());
    long leg = Math.floorDiv(show.day(), LEG);
    long from = (artist.number() * 64L + leg + 8) * 64;
    List<Song> order = new ArrayList<>(all);
    order.sort(Comparator.comparingLong(song -> dice.roll(Trait.SET_ORDER, from + song.index())));
    if (show.session() == Show.Session.LATE) {
      Collections.reverse(order);
    }
    boolean headliner = Shows.position(appearance) == 0;
    int wanted =
        headliner
            ? 11 + at(appearance, 10, Trait.SET_LENGTH)
            : 5 + at(appearance, 4, Trait.SET_LENGTH);
    int played = Math.min(wanted, order.size());
    int habit = dice.below(100, Trait.SET_HABIT, artist.number());
    int changes = habit < 40 ? 8 : habit < 80 ? 30 : 85;
    for (int i = 0; i < played; i++) {
      if (dice.hit(changes, Trait.SET_SWAP, appearance * 64L + i)) {
        int other = dice.below(order.size(), Trait.SET_SWAP, -(appearance * 64L + i) - 1);
        Collections.swap(order, i, other);
      }
    }
    return order.subList(0, played);
  }

  private List<Played> lines(int appearance, List<Song> songs, Artist artist) {
    List<Played> lines = new ArrayList<>();
    if (dice.hit(12, Trait.SET_TAPE, appearance)) {
      boolean named = dice.hit(40, Trait.SET_TAPE, -appearance - 1);
      lines.add(new Played(named ? "Intro" : "", null, null, null, true));
    }
    for (int i = 0; i < songs.size(); i++) {
      lines.add(line(appearance * 64L + i, songs, i, artist));
    }
    return lines;
  }

  private Played line(long roll, List<Song> songs, int i, Artist artist) {
    Song song = songs.get(i);
    String name = spellings.song(song);
    Artist cover = artist.kind() == Artist.Kind.TRIBUTE ? artists.of(artist.model()) : null;
    int kind = dice.below(1000, Trait.SET_SONG, roll);
    if (kind < 50 && cover == null) {
      cover = someone(Trait.SET_SONG, roll, artist);
      List<Song> theirs = repertoire.songs(cover.number());
      name = spellings.song(theirs.get((int) Math.floorMod(roll, (long) theirs.size())));
    } else if (kind < 60) {
      name = "";
    } else if (kind < 65) {
      name = name + " / " + spellings.song(songs.get(i == 0 ? songs.size() - 1 : i - 1));
    } else if (kind < 70) {
      name = name + " > " + spellings.song(songs.get(i == 0 ? songs.size() - 1 : i - 1));
    }
    boolean note = dice.hit(5, Trait.SET_NOTE, roll);
    return new Played(
        name,
        cover,
        dice.hit(2, Trait.SET_GUEST, roll) ? someone(Trait.SET_GUEST, roll, artist) : null,
        note ? NOTES[dice.below(NOTES.length, Trait.SET_NOTE, -roll - 1)] : null,
        false);
  }

  private Artist someone(Trait trait, long roll, Artist otherThan) {
    int pick = world.attraction(dice.below(world.artists(), trait, -roll - 1)).artist();
    return artists.of(pick == otherThan.number() ? 0 : pick);
  }

  private int at(int appearance, int bound, Trait trait) {
    return dice.below(bound, trait, appearance);
  }
}
