package dev.backline.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which artists and events Bandsintown has on a day. Each artist enters its own events, so a show
 * is there once for each artist of its bill who did; what is off vanishes.
 */
final class Gigs {
  private final Dice dice;
  private final Shows shows;
  private final Artists artists;
  private final Spellings spellings;
  private final Scramble ids;
  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<String, Integer> byName = new HashMap<>();

  Gigs(World world) {
    this.dice = world.dice();
    this.shows = world.shows();
    this.artists = world.realArtists();
    this.spellings = new Spellings(dice);
    this.ids = new Scramble(dice, Trait.BANDSINTOWN_EVENT_ID);
    List<Artist> known = artists.all().filter(this::knows).mapToObj(artists::of).toList();
    known.forEach(artist -> byId.put(artist.bandsintownId(), artist.number()));
    known.forEach(artist -> byName.putIfAbsent(key(name(artist)), artist.number()));
    known.forEach(artist -> byName.putIfAbsent(key(artist.name()), artist.number()));
  }

  /** The number of the artist with an id, or -1. */
  int withId(String id) {
    return byId.getOrDefault(id, -1);
  }

  /** The number of the artist that has the name here or really, or -1; of namesakes the first. */
  int named(String name) {
    return byName.getOrDefault(key(name), -1);
  }

  String name(Artist artist) {
    return spellings.artist(Source.BANDSINTOWN, artist);
  }

  String eventId(int appearance) {
    return ids.decimal(appearance);
  }

  boolean knows(int artist) {
    return dice.hit(70, Trait.BANDSINTOWN_ARTIST, artist);
  }

  /** True when the appearance gets an event unless the show is off; nearly so if only here. */
  boolean covered(int appearance) {
    int show = Shows.show(appearance);
    int percent = shows.onlyElsewhere(show) ? 95 : Shows.position(appearance) == 0 ? 75 : 40;
    return knows(shows.artist(appearance))
        && dice.hit(percent, Trait.BANDSINTOWN_COVERS, appearance);
  }

  /** The show of an event that is there on a day, or null. */
  Show on(int appearance, int day) {
    if (!covered(appearance)) {
      return null;
    }
    int show = Shows.show(appearance);
    int announced = shows.announced(show);
    int late = announced <= 0 ? 0 : dice.below(6, Trait.BANDSINTOWN_LATE, appearance);
    return day < announced + late ? null : shows.on(show, day);
  }

  /** The events of an artist that are there on a day. */
  IntStream of(int artist, int day) {
    return shows.ofArtist(artist).filter(appearance -> on(appearance, day) != null);
  }

  /** The artists that the event names: the whole bill, or only the one whose event it is. */
  List<String> lineup(int appearance) {
    boolean whole =
        Shows.position(appearance) == 0 || dice.hit(60, Trait.BANDSINTOWN_LINEUP, appearance);
    IntStream named = whole ? shows.bill(Shows.show(appearance)) : IntStream.of(appearance);
    return named.mapToObj(each -> name(artists.of(shows.artist(each)))).toList();
  }

  private static String key(String name) {
    return Spellings.clean(name).toLowerCase(Locale.ROOT);
  }
}
