package dev.backline.sandbox;

import java.util.Arrays;

/**
 * The shows that Ticketmaster does not have: about eight of each artist in the thirty months before
 * the first day of the world (some artists have none), and 5 % more than Ticketmaster's to come.
 * Arrays by index, generated at once.
 */
final class UnsoldShows {
  private static final int SLOTS = 64;

  private final Dice dice;
  private final World world;
  private final Artists artists;

  private int size;
  private int[] venue = new int[1024];
  private int[] day = new int[1024];
  private int[] castStart = new int[1025];
  private int[] cast = new int[2048];
  private byte[] session = new byte[1024];

  UnsoldShows(World world, Artists artists) {
    this.dice = world.dice();
    this.world = world;
    this.artists = artists;
    artists.all().forEach(this::play);
  }

  int size() {
    return size;
  }

  int castSize(int show) {
    return castStart[show + 1] - castStart[show];
  }

  /** The number of the artist at a position of the billing, 0 being the headliner. */
  int cast(int show, int position) {
    return cast[castStart[show] + position];
  }

  Venue venue(int show) {
    return world.venue(venue[show]);
  }

  /** Its date, in days from the first day of the world. */
  int day(int show) {
    return day[show];
  }

  Show.Session session(int show) {
    return Show.Session.values()[session[show]];
  }

  private void play(int artist) {
    boolean stranger = artist >= world.attractionCount();
    int slots = stranger ? 3 + dice.below(4, Trait.PAST_SLOT_COUNT, artist) : slots(artist);
    for (int slot = 0; slot < slots; slot++) {
      long roll = artist * (long) SLOTS + slot;
      double into = (slot + dice.share(Trait.PAST_DATE, roll)) / slots;
      int date = -Events.LAST_DAY + (int) (into * (Events.LAST_DAY - 1));
      int place = place(artist, slot);
      if (dice.hit(1.5, Trait.PAST_SESSION, roll) || (artist == 0 && slot == 0)) {
        add(artist, roll, place, date, Show.Session.EARLY);
        add(artist, roll, place, date, Show.Session.LATE);
      } else {
        add(artist, roll, place, date, Show.Session.ONLY);
      }
      if (date < -2 && dice.hit(5, Trait.PAST_NEXT_NIGHT, roll)) {
        add(artist, roll, place, date + 1, Show.Session.ONLY);
      }
    }
    if (dice.hit(50, Trait.UNSOLD, artist)) {
      int date = 1 + dice.below(Events.LAST_DAY - 1, Trait.UNSOLD_DATE, artist);
      long roll = artist * (long) SLOTS + SLOTS - 1;
      add(artist, roll, place(artist, SLOTS - 1), date, Show.Session.ONLY);
    }
  }

  private int slots(int artist) {
    int kind = dice.below(100, Trait.PAST_SLOTS, artist);
    if (artist == 0) {
      return 40;
    }
    if (kind < 15) {
      return 0;
    }
    if (kind < 75) {
      return 1 + dice.below(10, Trait.PAST_SLOT_COUNT, artist);
    }
    return kind < 95
        ? 10 + dice.below(12, Trait.PAST_SLOT_COUNT, artist)
        : 25 + dice.below(20, Trait.PAST_SLOT_COUNT, artist);
  }

  /** A tribute band plays where its model has played. */
  private int place(int artist, int slot) {
    boolean itself = artist < world.attractionCount();
    int model = itself ? artist : artists.of(artist).model();
    long roll = (model * (long) SLOTS + slot) * 2;
    int count = world.venueCount();
    return Math.min(
        dice.below(count, Trait.PAST_VENUE, roll), dice.below(count, Trait.PAST_VENUE, roll + 1));
  }

  private void add(int artist, long roll, int at, int date, Show.Session which) {
    if (size + 1 == venue.length) {
      int more = venue.length * 2;
      venue = Arrays.copyOf(venue, more);
      day = Arrays.copyOf(day, more);
      castStart = Arrays.copyOf(castStart, more + 1);
      session = Arrays.copyOf(session, more);
    }
    venue[size] = at;
    day[size] = date;
    session[size] = (byte) which.ordinal();
    int from = castStart[size];
    castStart[size + 1] = from;
    bill(artist);
    if (artist < world.attractionCount()) {
      support(from, roll);
    }
    size++;
  }

  private void support(int from, long roll) {
    int kind = dice.below(100, Trait.PAST_SUPPORT_COUNT, roll);
    int wanted = kind < 50 ? 0 : kind < 75 ? 1 : kind < 90 ? 2 : 3;
    for (int i = 0; i < wanted; i++) {
      int pick = dice.below(world.artists(), Trait.PAST_SUPPORT, roll * 4 + i);
      int support = world.attraction(pick).artist();
      if (Arrays.stream(cast, from, castStart[size + 1]).noneMatch(each -> each == support)) {
        bill(support);
      }
    }
  }

  private void bill(int artist) {
    int at = castStart[size + 1];
    if (at == cast.length) {
      cast = Arrays.copyOf(cast, at * 2);
    }
    cast[at] = artist;
    castStart[size + 1] = at + 1;
  }
}
