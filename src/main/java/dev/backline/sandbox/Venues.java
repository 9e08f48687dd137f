package dev.backline.sandbox;

import java.util.Locale;

/** Generates the venues, among them namesakes in other cities and in the same one. */
final class Venues {
  private final Dice dice;
  private final Names names;
  private final int count;

  Venues(Dice dice, int artists) {
    this.dice = dice;
    this.names = new Names(dice);
    this.count = Math.max(6, Math.round(artists * 0.3f));
  }

  Venue[] generate() {
    Venue[] all = new Venue[count];
    for (int i = 0; i < count; i++) {
      all[i] = venue(i, all);
    }
    return all;
  }

  private Venue venue(int i, Venue[] before) {
    Place place = Place.ALL.get(place(i));
    String name = names.venue(i);
    Venue other = i == 0 ? null : before[dice.below(i, Trait.VENUE_PICK, i)];
    double namesake = dice.share(Trait.VENUE_NAMESAKE, i) * 100;
    if (other != null && other.name() != null && (namesake < 2 || i == count - 1)) {
      name = other.name().strip();
    } else if (other != null && other.name() != null && (namesake < 2.6 || i == count - 2)) {
      name = other.name().strip();
      place = other.place();
    }
    if (i == 4 || dice.hit(1.5, Trait.VENUE_NAMELESS, i)) {
      name = null;
    } else if (dice.hit(1.5, Trait.VENUE_SPACES, i)) {
      name = Names.spaced(name, dice.below(4, Trait.VENUE_SPACES, -i));
    }
    int gap = i == 5 ? 0 : dice.below(1000, Trait.VENUE_LOCATION, i);
    return new Venue(
        i,
        dice.id(10 + dice.below(3, Trait.VENUE_ID_LENGTH, i), Trait.VENUE_ID, i),
        name,
        place,
        (1 + dice.below(900, Trait.VENUE_STREET, i)) + " " + street(i),
        gap < 40 ? null : degrees(place, latitude(dice, place, i)),
        gap < 30 ? null : degrees(place, longitude(dice, place, i)));
  }

  /** The first venues stand one in each of the first places, so that small worlds have them all. */
  private int place(int i) {
    return i < 9 ? i : dice.below(Place.ALL.size(), Trait.VENUE_PLACE, i);
  }

  private String street(int i) {
    return names.coined(Trait.VENUE_STREET, -i - 1) + (i % 3 == 0 ? " Avenue" : " Street");
  }

  /** Where the venue really is, in degrees. */
  static double latitude(Dice dice, Place place, int i) {
    return place.latitude() + (dice.share(Trait.VENUE_SHIFT, i * 2L) - 0.5) * 0.12;
  }

  static double longitude(Dice dice, Place place, int i) {
    return place.longitude() + (dice.share(Trait.VENUE_SHIFT, i * 2L + 1) - 0.5) * 0.12;
  }

  private static String degrees(Place place, double degrees) {
    boolean american = place.country() == Country.US || place.country() == Country.CA;
    return String.format(Locale.ROOT, american ? "%.8f" : "%.5f", degrees);
  }
}
