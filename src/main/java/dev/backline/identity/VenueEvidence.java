package dev.backline.identity;

import dev.backline.identity.Evidence.Tally;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Are two records the same venue? */
public final class VenueEvidence {
  /**
   * Joined from here on: an equal name in the same city reaches 0.85, a name that is alike there
   * needs the street, or less than 1 km. Chosen on one half of the labelled pairs and checked on
   * the other.
   */
  public static final double ACCEPT = 0.80;

  /** A person is asked from here on. */
  public static final double REVIEW = 0.70;

  private static final double STRONG = 150;
  private static final double FAIR = 1_000;

  private static final double FAR = 5_000;

  /** Coordinates of one venue differ by up to 0.05° between providers, both ways. */
  private static final double ASTRAY = 8_000;

  /** From the centre of a city to its outermost venues. */
  private static final double OUT_OF_TOWN = 60_000;

  private static final double EARTH_RADIUS = 6_371_009;

  private static final Pattern NUMBER = Pattern.compile("\\d+\\p{L}?");

  private VenueEvidence() {}

  public static Evidence of(VenueFacts a, VenueFacts b) {
    double metres = metres(a, b);
    String veto = veto(a, b, metres);
    if (veto != null) {
      return Evidence.vetoed(veto);
    }
    Tally tally = new Tally();
    Likeness likeness = likeness(a.name(), b.name());
    boolean equal = likeness.kind() == Likeness.Kind.EQUAL;
    boolean generic = a.name().isGeneric() || b.name().isGeneric();
    if (!equal && (a.nameless() || b.nameless())) {
      tally.add(20, "one has no name");
    } else {
      switch (likeness.kind()) {
        case EQUAL -> tally.add(generic ? 30 : 50, likeness.line());
        case NEAR -> tally.add(35, likeness.line());
        case PART ->
            tally.add(
                !generic && isSponsored(a.name().core(), b.name().core()) ? 45 : 12,
                likeness.line());
        default -> tally.add(-40, likeness.line());
      }
    }
    if (!equal && a.name().parted() != b.name().parted()) {
      tally.add(-30, "only one names a part of the house");
    }
    boolean centre = a.cityCoordinates() || b.cityCoordinates();
    city(tally, a, b, centre ? Double.NaN : metres);
    if (!centre && metres < STRONG) {
      tally.add(25, (int) metres + " m apart");
    } else if (!centre && metres < FAIR) {
      tally.add(18, (int) metres + " m apart");
    } else if (!centre && metres <= FAR && equal) {
      tally.add(10, Math.round(metres / 100) / 10.0 + " km apart");
    }
    street(tally, a, b, centre ? Double.NaN : metres);
    if (a.postalCode() != null && a.postalCode().equals(b.postalCode())) {
      tally.add(8, "same postal code");
    }
    if (a.capacity() != null && b.capacity() != null) {
      int larger = Math.max(a.capacity(), b.capacity());
      int smaller = Math.min(a.capacity(), b.capacity());
      if (larger > 3 * smaller) {
        tally.add(-10, "room for " + smaller + " and for " + larger);
      } else if (larger < 1.3 * smaller) {
        tally.add(5, "about as large");
      }
    }
    return tally.evidence();
  }

  private static String veto(VenueFacts a, VenueFacts b, double metres) {
    if (a.source().equals(b.source())) {
      return "two ids of one source";
    }
    if (a.country() != null && b.country() != null && !a.country().equals(b.country())) {
      return "in different countries";
    }
    if (!a.name().rooms().equals(b.name().rooms())) {
      return "different rooms";
    }
    if (!a.name().noVenue().equals(b.name().noVenue())) {
      return "one is no venue";
    }
    if (inside(a.name(), b.name()) || inside(b.name(), a.name())) {
      return "one stands inside the other";
    }
    if (a.name().isHouseOf(b.name()) || b.name().isHouseOf(a.name())) {
      return "one is a hall of the other";
    }
    boolean centre = a.cityCoordinates() || b.cityCoordinates();
    boolean sameStreet = isSameStreet(a.street(), b.street());
    boolean sameName = likeness(a.name(), b.name()).kind() == Likeness.Kind.EQUAL;
    double most = centre || sameStreet && sameName ? OUT_OF_TOWN : sameName ? ASTRAY : FAR;
    if (metres > most) {
      return Math.round(metres / 1000) + " km apart";
    }
    return null;
  }

  /** Does one name stand whole at the end of the other, as "Apollo Hall" in "Acme Apollo Hall"? */
  private static boolean isSponsored(Name a, Name b) {
    return a.key().endsWith(' ' + b.key()) || b.key().endsWith(' ' + a.key());
  }

  private static boolean inside(VenueName room, VenueName house) {
    return room.inside() != null
        && (room.inside().equals(house.core().key()) || room.inside().equals(house.full().key()));
  }

  private static Likeness likeness(VenueName a, VenueName b) {
    Likeness full = Likeness.of(a.full(), b.full());
    if (full.kind() == Likeness.Kind.EQUAL) {
      return full;
    }
    Likeness core = Likeness.of(a.core(), b.core());
    if (core.kind() == Likeness.Kind.EQUAL) {
      return new Likeness(core.kind(), "names equal without place and sponsor");
    }
    if (a.house() != null && a.house().equals(b.house())) {
      return new Likeness(Likeness.Kind.EQUAL, "a house that was renamed");
    }
    return core.kind().compareTo(full.kind()) < 0 ? core : full;
  }

  private static void city(Tally tally, VenueFacts a, VenueFacts b, double metres) {
    boolean states = a.state() != null && b.state() != null && !a.state().equals(b.state());
    if (a.city() == null || b.city() == null) {
      tally.add(metres < FAIR ? 15 : 5, "city known of one only");
    } else if (a.city().equals(b.city())) {
      tally.add(states ? 0 : 35, states ? "same city's name, other state" : "same city");
    } else if (metres <= FAR) {
      tally.add(15, "neighbouring places");
    } else {
      tally.add(-40, "different cities");
    }
  }

  private static void street(Tally tally, VenueFacts a, VenueFacts b, double metres) {
    if (a.street().isEmpty() || b.street().isEmpty()) {
      return;
    }
    if (isSameStreet(a.street(), b.street())) {
      tally.add(20, "same street and number");
    } else if (!(metres < FAIR)) {
      tally.add(-15, "other street or number");
    }
  }

  /** The words of the shorter address all stand in the other, a number and a name among them. */
  private static boolean isSameStreet(List<String> a, List<String> b) {
    Set<String> shorter = new HashSet<>(a);
    Set<String> longer = new HashSet<>(b);
    if (shorter.size() > longer.size()) {
      return isSameStreet(b, a);
    }
    return shorter.size() > 1
        && longer.containsAll(shorter)
        && shorter.stream().anyMatch(word -> NUMBER.matcher(word).matches());
  }

  /** Along the surface; not a number where one of them has no coordinates. */
  static double metres(VenueFacts a, VenueFacts b) {
    if (!a.isPlaced() || !b.isPlaced()) {
      return Double.NaN;
    }
    double lat = Math.toRadians(b.latitude() - a.latitude()) / 2;
    double lon = Math.toRadians(b.longitude() - a.longitude()) / 2;
    double h =
        Math.sin(lat) * Math.sin(lat)
            + Math.cos(Math.toRadians(a.latitude()))
                * Math.cos(Math.toRadians(b.latitude()))
                * Math.sin(lon)
                * Math.sin(lon);
    return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
  }
}
