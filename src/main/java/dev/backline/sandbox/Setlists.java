package dev.backline.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which setlists setlist.fm has on a day. Most are entered the day after the show; some before it,
 * and then, as those of very recent shows, without songs. Those who enter them come back and edit.
 */
final class Setlists {
  private final World world;
  private final Dice dice;
  private final Shows shows;
  private final Artists artists;
  private final RunningOrder running;
  private final Scramble ids;

  Setlists(World world) {
    this.world = world;
    this.dice = world.dice();
    this.shows = world.shows();
    this.artists = world.realArtists();
    this.running = new RunningOrder(world);
    this.ids = new Scramble(dice, Trait.SETLISTFM_ID);
  }

  /**
   * The edits of a setlist up to a day.
   *
   * @param version the number of the last one, from 0
   * @param filled whether the songs are there
   * @param finished whether the last song is there too
   */
  record Edits(int version, Instant last, boolean filled, boolean finished) {}

  String id(int appearance) {
    return ids.hex(appearance);
  }

  /** The appearance whose setlist has an id, or -1. */
  int withId(String id) {
    int appearance = ids.ofHex(id);
    return shows.exists(appearance) && covered(appearance) ? appearance : -1;
  }

  /** Eight hex digits that change with each edit. */
  String versionId(int appearance, int version) {
    return String.format(
        "%08x", (int) dice.roll(Trait.SETLISTFM_VERSION, appearance * 8L + version));
  }

  boolean knows(int artist) {
    return artist >= world.attractionCount() || dice.hit(92, Trait.SETLISTFM_ARTIST, artist);
  }

  /** True when the appearance gets a setlist some day if it takes place. */
  boolean covered(int appearance) {
    int artist = shows.artist(appearance);
    int percent =
        artist >= world.attractionCount() ? 100 : Shows.position(appearance) == 0 ? 88 : 55;
    return knows(artist) && dice.hit(percent, Trait.SETLISTFM_COVERS, appearance);
  }

  /** The show of a setlist that is there on a day, or null. */
  Show show(int appearance, int day) {
    Show show = covered(appearance) ? shows.on(Shows.show(appearance), day) : null;
    return show != null && edits(appearance, show, day) != null ? show : null;
  }

  Setlist on(int appearance, int day) {
    Show show = show(appearance, day);
    if (show == null) {
      return null;
    }
    Edits edits = edits(appearance, show, day);
    Artist artist = artists.of(shows.artist(appearance));
    return new Setlist(
        appearance,
        show,
        artist,
        edits.version(),
        edits.last(),
        tour(appearance, show),
        edits.filled() ? sets(appearance, show, artist, edits.finished()) : List.of(),
        info(appearance, show));
  }

  /** The edits of a setlist up to a day, or null when it is not there yet. */
  Edits edits(int appearance, Show show, int day) {
    int entered = show.day() + 1 + late(appearance);
    int ahead = ahead(appearance, show);
    int filled =
        dice.hit(4, Trait.SETLISTFM_EMPTY, -appearance - 1)
            ? Integer.MAX_VALUE
            : entered + (dice.hit(18, Trait.SETLISTFM_EMPTY, appearance) ? 1 : 0);
    int finished =
        dice.hit(12, Trait.SETLISTFM_EDIT, appearance)
            ? entered + 2 + dice.below(30, Trait.SETLISTFM_EDIT, -appearance - 1)
            : filled;
    int version = -1;
    int last = 0;
    int before = Integer.MIN_VALUE;
    for (int at : new int[] {ahead, entered, filled, finished}) {
      if (at <= day && at != before) {
        version++;
        last = at;
      }
      before = at;
    }
    return version < 0
        ? null
        : new Edits(version, clock(appearance, last), filled <= day, finished <= day);
  }

  /** The day it was entered beforehand; that of the usual entry when it was not. */
  private int ahead(int appearance, Show show) {
    int entered = show.day() + 1 + late(appearance);
    if (!dice.hit(12, Trait.SETLISTFM_AHEAD, appearance)) {
      return entered;
    }
    int ahead = show.day() - dice.below(30, Trait.SETLISTFM_AHEAD, -appearance - 1);
    Show then = shows.on(show.number(), ahead);
    return then != null && then.day() == show.day() ? ahead : entered;
  }

  private int late(int appearance) {
    int roll = dice.below(100, Trait.SETLISTFM_LATE, appearance);
    return roll < 75 ? 0 : roll < 90 ? 1 : roll - 88;
  }

  private Instant clock(int appearance, int day) {
    int second = dice.below(86_400, Trait.SETLISTFM_CLOCK, appearance * 1024L + day);
    return world.start().plusDays(day).atStartOfDay().plusSeconds(second).toInstant(ZoneOffset.UTC);
  }

  private String tour(int appearance, Show show) {
    boolean told =
        Shows.position(appearance) == 0 || dice.hit(20, Trait.TOUR_NONE, -appearance - 1);
    return told ? shows.tour(show.number(), show.day()) : null;
  }

  private List<Setlist.SongSet> sets(int appearance, Show show, Artist artist, boolean finished) {
    List<Setlist.SongSet> sets = running.of(appearance, show, artist);
    if (finished) {
      return sets;
    }
    int lastSet = sets.size() - 1;
    Setlist.SongSet last = sets.get(lastSet);
    int songs = Math.max(1, last.songs().size() - 1);
    sets.set(
        lastSet, new Setlist.SongSet(last.name(), last.encore(), last.songs().subList(0, songs)));
    return sets;
  }

  private String info(int appearance, Show show) {
    if (show.session() != Show.Session.ONLY) {
      return show.session().words;
    }
    return switch (dice.below(30, Trait.SETLISTFM_INFO, appearance)) {
      case 0 -> "Show cut short due to weather.";
      case 1 -> "Benefit show.";
      default -> null;
    };
  }
}
