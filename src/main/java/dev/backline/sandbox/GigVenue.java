package dev.backline.sandbox;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A venue as Bandsintown writes it inside an event. It has no id there.
 *
 * @param region the code of the state in the United States, Canada and Australia, else ""
 * @param latitude in degrees, as the string that is served
 * @param postalCode "" where there is none
 */
record GigVenue(
    String name,
    String city,
    String region,
    String country,
    String street,
    String postalCode,
    String latitude,
    String longitude) {

  /** What stands for an id: name, city, region and country. No two venues of a world share it. */
  String key() {
    return String.join("|", name, city, region, country);
  }

  /** City and region, or city and country. */
  String location() {
    return city + ", " + (region.isEmpty() ? country : region);
  }

  /** The venues of a world, by index. */
  static GigVenue[] all(World world) {
    GigVenue[] all = new GigVenue[world.venueCount()];
    Spellings spellings = new Spellings(world.dice());
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < all.length; i++) {
      GigVenue venue = of(world.dice(), spellings, world.venue(i));
      if (taken.putIfAbsent(venue.key(), i) != null) {
        venue = venue.named(venue.name() + " (" + world.venue(i).street() + ")");
      }
      all[i] = venue;
    }
    return all;
  }

  private GigVenue named(String other) {
    return new GigVenue(other, city, region, country, street, postalCode, latitude, longitude);
  }

  private static GigVenue of(Dice dice, Spellings spellings, Venue venue) {
    int i = venue.index();
    Place place = venue.place();
    boolean postal = dice.hit(50, Trait.BANDSINTOWN_DETAIL, i * 4L);
    int postalCode = 10_000 + dice.below(89_999, Trait.VENUE_STREET, -i);
    return new GigVenue(
        spellings.venue(Source.BANDSINTOWN, venue),
        spellings.city(Source.BANDSINTOWN, venue),
        place.stateCode() == null ? "" : place.stateCode(),
        place.country().plainTitle(),
        dice.hit(70, Trait.BANDSINTOWN_DETAIL, i * 4L + 1) ? venue.street() : "",
        postal ? Integer.toString(postalCode) : "",
        degrees(dice, Venues.latitude(dice, place, i), i * 4L),
        degrees(dice, Venues.longitude(dice, place, i), i * 4L + 2));
  }

  /** Exact for 60 % of the venues, else 0.01 to 0.05 degrees away. */
  private static String degrees(Dice dice, double exact, long roll) {
    double away = 0;
    if (dice.hit(40, Trait.BANDSINTOWN_SHIFT, -(roll / 4) - 1)) {
      double far = 0.01 + dice.share(Trait.BANDSINTOWN_SHIFT, roll) * 0.04;
      away = dice.hit(50, Trait.BANDSINTOWN_SHIFT, roll + 1) ? far : -far;
    }
    return String.format(Locale.ROOT, "%.5f", exact + away);
  }
}
