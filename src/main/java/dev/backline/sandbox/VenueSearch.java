package dev.backline.sandbox;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds the venues that a query asks for. */
final class VenueSearch {
  private final World world;
  private final Set<Integer> ids;
  private final String keyword;
  private final List<String> countries;
  private final List<String> states;
  private final String city;
  private final GeoPoint point;
  private final double radius;
  private final String sort;

  VenueSearch(World world, Params params) throws BadRequest {
    this.world = world;
    this.ids = EventSearch.known(params.list("id"), world::venueIndex);
    this.keyword = EventSearch.lower(params.get("keyword"));
    this.countries = EventSearch.upper(params.list("countryCode"));
    this.states = EventSearch.upper(params.list("stateCode"));
    this.city = params.get("city");
    this.point = GeoPoint.of(params.get("geoPoint"));
    double unit = "km".equals(params.get("unit")) ? 1 : GeoPoint.KM_A_MILE;
    this.radius = params.number("radius", 0, "DIS1023") * unit;
    this.sort = Sorting.checked(params);
  }

  int[] find() {
    IntStream found = IntStream.range(0, world.venueCount()).filter(i -> matches(world.venue(i)));
    if (sort.startsWith("id")) {
      return Sorting.byText(found, sort, i -> world.venue(i).id());
    }
    if (sort.startsWith("name")) {
      return Sorting.byText(found, sort, i -> name(world.venue(i)));
    }
    return Sorting.byKey(found, sort, i -> world.dice().roll(Trait.VENUE_ID_LENGTH, i) >>> 33);
  }

  private boolean matches(Venue venue) {
    return (ids == null || ids.contains(venue.index()))
        && (keyword == null || EventSearch.lower(name(venue)).contains(keyword))
        && (point == null || around(venue))
        && EventSearch.located(venue.place(), countries, states, city);
  }

  private boolean around(Venue venue) {
    return venue.latitude() != null
        && venue.longitude() != null
        && point.kilometres(
                Double.parseDouble(venue.latitude()), Double.parseDouble(venue.longitude()))
            <= radius;
  }

  private static String name(Venue venue) {
    return venue.name() == null ? "" : venue.name();
  }
}
