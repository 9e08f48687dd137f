package dev.backline.sandbox;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds the events of a day that a query asks for. */
final class EventSearch {
  private final Snapshot snapshot;
  private final World world;
  private final Events events;
  private final Set<Integer> ids;
  private final Set<Integer> attractions;
  private final Set<Integer> venues;
  private final List<String> countries;
  private final List<String> states;
  private final String city;
  private final List<String> classifications;
  private final List<String> segments;
  private final String keyword;
  private final long from;
  private final long to;
  private final boolean dated;
  private final String tba;
  private final String tbd;
  private final String sort;

  EventSearch(Snapshot snapshot, Params params) throws BadRequest {
    this.snapshot = snapshot;
    this.world = snapshot.world();
    this.events = world.events();
    this.ids = known(params.list("id"), world::eventIndex);
    this.attractions = known(params.list("attractionId"), world::attractionIndex);
    this.venues = known(params.list("venueId"), world::venueIndex);
    this.countries = upper(params.list("countryCode"));
    this.states = upper(params.list("stateCode"));
    this.city = params.get("city");
    this.classifications = params.list("classificationName");
    this.segments = params.list("segmentId");
    this.keyword = lower(params.get("keyword"));
    this.dated = params.get("startDateTime") != null || params.get("endDateTime") != null;
    this.from = second(params, "startDateTime", Long.MIN_VALUE);
    this.to = second(params, "endDateTime", Long.MAX_VALUE);
    this.tba = choice(params, "includeTBA");
    this.tbd = choice(params, "includeTBD");
    this.sort = Sorting.checked(params);
  }

  int[] find() {
    IntStream found = candidates().filter(this::matches);
    if (sort.startsWith("id")) {
      return Sorting.byKey(found, sort, world::eventIdRank);
    }
    if (sort.startsWith("date")) {
      return Sorting.byKey(found, sort, snapshot::dateKey);
    }
    if (sort.startsWith("name")) {
      return Sorting.byText(found, sort, events::name);
    }
    return Sorting.byKey(found, sort, event -> world.dice().roll(Trait.EVENT_ORDER, event) >>> 33);
  }

  private IntStream candidates() {
    if (ids != null) {
      return ids.stream().mapToInt(Integer::intValue);
    }
    if (attractions != null) {
      return attractions.stream().flatMapToInt(events::ofAttraction).distinct();
    }
    return IntStream.range(0, events.size());
  }

  private boolean matches(int event) {
    return snapshot.visible(event)
        && chosen(tba, snapshot.tba(event))
        && chosen(tbd, snapshot.tbd(event))
        && (!dated || snapshot.within(event, from, to))
        && (attractions == null || plays(event))
        && (!locationAsked() || atPlace(event))
        && (classifications == null || classified(event))
        && (segments == null || segments.contains(events.segment(event).id))
        && (keyword == null || mentions(event));
  }

  private boolean plays(int event) {
    for (int i = 0; i < events.castSize(event); i++) {
      if (attractions.contains(events.cast(event, i).index())) {
        return true;
      }
    }
    return false;
  }

  private boolean locationAsked() {
    return venues != null || countries != null || states != null || city != null;
  }

  private boolean atPlace(int event) {
    return events.venueShown(event)
        && (venues == null || venues.contains(events.place(event).index()))
        && located(events.place(event).place(), countries, states, city);
  }

  /** True when a place is in the asked country, state and city; null asks for nothing. */
  static boolean located(Place place, List<String> countries, List<String> states, String city) {
    return (countries == null || countries.contains(place.country().name()))
        && (states == null || (place.stateCode() != null && states.contains(place.stateCode())))
        && (city == null || city.equalsIgnoreCase(place.city()));
  }

  private boolean classified(int event) {
    Segment segment = events.segment(event);
    String genre = events.castSize(event) == 0 ? "Undefined" : events.cast(event, 0).genre();
    for (String name : classifications) {
      if (name.equalsIgnoreCase(Segment.MUSIC.title) && events.foundAsMusic(event)) {
        return true;
      }
      if (name.equalsIgnoreCase(segment.title) || name.equalsIgnoreCase(genre)) {
        return true;
      }
    }
    return false;
  }

  private boolean mentions(int event) {
    if (lower(events.name(event)).contains(keyword)) {
      return true;
    }
    for (int i = 0; i < events.castSize(event); i++) {
      if (lower(events.cast(event, i).name()).contains(keyword)) {
        return true;
      }
    }
    String venue = events.venueShown(event) ? events.place(event).name() : null;
    return venue != null && lower(venue).contains(keyword);
  }

  private static boolean chosen(String choice, boolean is) {
    return switch (choice) {
      case "only" -> is;
      case "yes" -> true;
      default -> !is;
    };
  }

  private static String choice(Params params, String name) throws BadRequest {
    String value = params.get(name);
    if (value == null) {
      return "no";
    }
    if (!Set.of("yes", "no", "only").contains(value.toLowerCase(Locale.ROOT))) {
      throw new BadRequest("DIS1013", "Query param '" + name + "' must be yes, no or only");
    }
    return value.toLowerCase(Locale.ROOT);
  }

  private static long second(Params params, String name, long otherwise) throws BadRequest {
    String value = params.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")) {
      try {
        return OffsetDateTime.parse(value).toEpochSecond();
      } catch (DateTimeException e) {
        throw badDate(name);
      }
    }
    throw badDate(name);
  }

  private static BadRequest badDate(String name) {
    return new BadRequest(
        "DIS1015",
        "Query param with name '"
            + name
            + "' must be of valid ISO 8601 format YYYY-MM-DDTHH:mm:ssZ");
  }

  interface Lookup {
    int index(String id);
  }

  /** The indexes of the ids that exist; null for no list. */
  static Set<Integer> known(List<String> ids, Lookup lookup) {
    if (ids == null) {
      return null;
    }
    Set<Integer> indexes = new HashSet<>();
    for (String id : ids) {
      int index = lookup.index(id);
      if (index >= 0) {
        indexes.add(index);
      }
    }
    return indexes;
  }

  static List<String> upper(List<String> words) {
    return words == null
        ? null
        : words.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
  }

  static String lower(String words) {
    return words == null ? null : words.toLowerCase(Locale.ROOT);
  }
}
