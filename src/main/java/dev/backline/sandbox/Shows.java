package dev.backline.sandbox;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;

/**
 * Every real show of music, past and to come, by number: below the number of events the event of
 * Ticketmaster that sells it, from there on one of {@link UnsoldShows}.
 *
 * <p>An <i>appearance</i> is one artist at one show: {@code show * 16 + position}, where position 0
 * is the headliner. It is what setlist.fm has setlists of and Bandsintown has events of.
 */
final class Shows {
  private static final int POSITIONS = 16;
  private static final int[] START_MINUTES = {1140, 1170, 1200, 1200, 1230, 1260, 1110, 1290};

  private final World world;
  private final Dice dice;
  private final Events events;
  private final UnsoldShows unsold;
  private final Names names;
  private final Groups byArtist;
  private final Groups byVenue;

  Shows(World world, Artists artists) {
    this.world = world;
    this.dice = world.dice();
    this.events = world.events();
    this.unsold = new UnsoldShows(world, artists);
    this.names = new Names(dice);
    int[] all = appearances().toArray();
    this.byArtist = new Groups(artists.bound(), all, this::artist);
    this.byVenue = new Groups(world.venueCount(), all, each -> venue(show(each)).index());
  }

  static int show(int appearance) {
    return appearance / POSITIONS;
  }

  /** Where on the bill, 0 being the headliner. */
  static int position(int appearance) {
    return appearance % POSITIONS;
  }

  int size() {
    return events.size() + unsold.size();
  }

  /** All appearances, by show and position. */
  IntStream appearances() {
    return IntStream.range(0, size()).filter(this::isShow).flatMap(this::bill);
  }

  /** The appearances of an artist. */
  IntStream ofArtist(int artist) {
    return byArtist.of(artist);
  }

  /** The appearances at a venue. */
  IntStream atVenue(int venue) {
    return byVenue.of(venue);
  }

  /** True when there is such an appearance, of whatever day. */
  boolean exists(int appearance) {
    return appearance >= 0
        && show(appearance) < size()
        && isShow(show(appearance))
        && position(appearance) < castSize(show(appearance))
        && first(appearance);
  }

  /** The appearances at a show, the headliner's first. An artist billed twice appears once. */
  IntStream bill(int show) {
    return IntStream.range(0, castSize(show))
        .map(position -> show * POSITIONS + position)
        .filter(this::first);
  }

  /** The number of the artist. */
  int artist(int appearance) {
    int show = show(appearance);
    int position = position(appearance);
    return show < events.size()
        ? events.cast(show, position).artist()
        : unsold.cast(show - events.size(), position);
  }

  Venue venue(int show) {
    return show < events.size() ? events.place(show) : unsold.venue(show - events.size());
  }

  /** True for a festival: then nobody's tour. */
  boolean festival(int show) {
    return castSize(show) > 6;
  }

  /** True when Ticketmaster sells it. */
  boolean sold(int show) {
    return show < events.size();
  }

  /** True for a show to come that Ticketmaster does not sell. */
  boolean onlyElsewhere(int show) {
    return !sold(show) && unsold.day(show - events.size()) > 0;
  }

  /** The day from which it can be known. */
  int announced(int show) {
    if (sold(show)) {
      return world.timeline().appears(events.main(show));
    }
    int lead = 20 + dice.below(200, Trait.UNSOLD_ANNOUNCED, show);
    return unsold.day(show - events.size()) - lead;
  }

  /**
   * A show as of a day of the world: with its date of that day, or as it took place. Null when it
   * is not announced, has no date or is off.
   */
  Show on(int show, int day) {
    if (day < announced(show)) {
      return null;
    }
    if (sold(show)) {
      return event(show, day);
    }
    int index = show - events.size();
    int minutes = START_MINUTES[dice.below(START_MINUTES.length, Trait.UNSOLD_TIME, show)];
    Show.Session session = unsold.session(index);
    if (session == Show.Session.EARLY) {
      minutes = 960;
    }
    LocalTime time = LocalTime.of(minutes / 60, minutes % 60);
    return new Show(show, unsold.venue(index), unsold.day(index), time, session);
  }

  /** The name of the tour of a show on a day of the world, or null. Its headliner tours. */
  String tour(int show, int day) {
    if (festival(show) || dice.hit(15, Trait.TOUR_NONE, show)) {
      return null;
    }
    int artist = artist(show * POSITIONS);
    if (day >= 0) {
      int billed = sold(show) ? events.cast(show, 0).index() : artist;
      return "The " + names.tour(billed) + " Tour";
    }
    int phase = dice.below(300, Trait.TOUR_PHASE, artist);
    int leg = Math.floorDiv(day + phase, 300);
    String name = names.tour(artist - 1_000_003 * (leg - 5));
    return switch (dice.below(3, Trait.TOUR_NAME, artist * 8L + leg)) {
      case 0 -> "The " + name + " Tour";
      case 1 -> name + " World Tour";
      default -> name;
    };
  }

  private Show event(int event, int day) {
    Timeline timeline = world.timeline();
    EventState state = timeline.at(event, day);
    if (state.date() == null || off(event, day, state)) {
      return null;
    }
    int date = day(state.date());
    if (date < day && !state.date().equals(timeline.at(event, date).date())) {
      return null;
    }
    return new Show(event, events.place(event), date, timeline.time(event), session(event));
  }

  private boolean off(int event, int day, EventState state) {
    int until = Math.min(day, day(state.date()));
    return "cancelled".equals(state.status()) || world.timeline().vanished(event, until);
  }

  private Show.Session session(int event) {
    if (events.second(event)) {
      return Show.Session.EARLY;
    }
    boolean followed = event + 1 < events.size() && events.second(event + 1);
    return followed ? Show.Session.LATE : Show.Session.ONLY;
  }

  private int day(LocalDate date) {
    return (int) ChronoUnit.DAYS.between(world.start(), date);
  }

  private boolean isShow(int show) {
    return show >= events.size()
        || (events.listing(show) == Listing.SHOW
            && events.segment(show) == Segment.MUSIC
            && events.castSize(show) > 0);
  }

  private int castSize(int show) {
    return show < events.size() ? events.castSize(show) : unsold.castSize(show - events.size());
  }

  private boolean first(int appearance) {
    int artist = artist(appearance);
    return IntStream.range(appearance - position(appearance), appearance)
        .noneMatch(before -> artist(before) == artist);
  }
}
