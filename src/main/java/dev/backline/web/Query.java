package dev.backline.web;

import dev.backline.Settings;
import dev.backline.store.Decisions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * What a reader asks for: the query of a request, judged, as the named parameters of a statement.
 * Every parameter of the statement is in the answer, null where nothing was asked. A name or value
 * that cannot be meant is refused with a 400 that names it.
 */
public final class Query {
  /** Where a day ends last. */
  private static final ZoneOffset LAST_DAY = ZoneOffset.ofHours(-12);

  private static final int LONGEST_TEXT = 200;
  private static final int LAST_PAGE = 1_000_000;
  private static final int PAGE_SIZE = 20;
  private static final int LARGEST_PAGE = 100;
  private static final List<String> SHOW_FILTERS =
      List.of("artist", "venue", "city", "country", "from", "to", "status", "genre", "q");
  private static final List<String> LETTER_STATES = List.of("open", "replayed", "discarded");
  private static final List<String> PAGES = List.of("page", "pageSize");
  private static final List<String> STATUSES =
      List.of("scheduled", "on_sale", "off_sale", "postponed", "rescheduled", "cancelled", "gone");

  private final Settings settings;
  private final Totals totals;
  private final Clock clock;

  public Query(Settings settings, Totals totals, Clock clock) {
    this.settings = settings;
    this.totals = totals;
    this.clock = clock;
  }

  /** Shows: upcoming ones, unless dates are given. */
  public Map<String, Object> shows(Exchange exchange) {
    return shows(exchange, null, null);
  }

  /** Shows of the artist in the path. */
  public Map<String, Object> artistShows(Exchange exchange) {
    return shows(exchange, id(exchange), null);
  }

  /** Shows of the venue in the path. */
  public Map<String, Object> venueShows(Exchange exchange) {
    return shows(exchange, null, id(exchange));
  }

  private Map<String, Object> shows(Exchange exchange, UUID ofArtist, UUID ofVenue) {
    List<String> names = new ArrayList<>(SHOW_FILTERS);
    names.remove(ofArtist == null ? "" : "artist");
    names.remove(ofVenue == null ? "" : "venue");
    Map<String, String> asked = asked(exchange, names);
    Map<String, Object> query = page(asked);
    UUID artist = uuid(asked.get("artist"));
    UUID venue = uuid(asked.get("venue"));
    query.put("ofArtist", ofArtist);
    query.put("ofVenue", ofVenue);
    query.put("artist", ofArtist == null ? artist : ofArtist);
    query.put("venue", ofVenue == null ? venue : ofVenue);
    query.put("artistName", artist == null ? like(asked.get("artist")) : null);
    query.put("venueName", venue == null ? like(asked.get("venue")) : null);
    query.put("genre", asked.get("genre"));
    query.put("city", asked.get("city"));
    query.put("country", country(asked));
    query.put("byArtist", ofArtist != null || asked.get("artist") != null || has(asked, "genre"));
    query.put("status", oneOf(asked, "status", STATUSES));
    query.put("q", like(asked.get("q")));
    // A show without a date comes last.
    LocalDate from = date(asked, "from");
    LocalDate to = date(asked, "to");
    if (from != null && to != null && to.isBefore(from)) {
      throw bad("to", "to must not be before from");
    }
    query.put("from", String.valueOf(from == null ? today() : from));
    query.put("to", to == null ? "infinity" : to.toString());
    return counted("shows", query);
  }

  /** Artists by name. */
  public Map<String, Object> artists(Exchange exchange) {
    Map<String, String> asked = asked(exchange, List.of("q", "genre"));
    Map<String, Object> query = page(asked);
    query.put("q", like(asked.get("q")));
    query.put("genre", asked.get("genre"));
    return counted("artists", query);
  }

  /** Songs of the artist in the path. */
  public Map<String, Object> artistSongs(Exchange exchange) {
    Map<String, String> asked = asked(exchange, List.of("q"));
    Map<String, Object> query = of(exchange, asked);
    query.put("q", like(asked.get("q")));
    return counted("artist songs", query);
  }

  /** Tours of the artist in the path. */
  public Map<String, Object> artistTours(Exchange exchange) {
    return counted("artist tours", of(exchange));
  }

  /** What the artist in the path has played. */
  public Map<String, Object> artistSetlists(Exchange exchange) {
    return counted("artist setlists", of(exchange));
  }

  /** Venues that share artists with the one in the path. */
  public Map<String, Object> venueNetwork(Exchange exchange) {
    return counted("venue network", of(exchange));
  }

  /** A page of what belongs to the one thing that the path names. */
  private static Map<String, Object> of(Exchange exchange) {
    return of(exchange, asked(exchange, PAGES));
  }

  private static Map<String, Object> of(Exchange exchange, Map<String, String> asked) {
    Map<String, Object> query = page(asked);
    query.put("id", id(exchange));
    return query;
  }

  /** Venues by name. */
  public Map<String, Object> venues(Exchange exchange) {
    Map<String, String> asked = asked(exchange, List.of("q", "city", "country"));
    Map<String, Object> query = page(asked);
    query.put("q", like(asked.get("q")));
    query.put("city", asked.get("city"));
    query.put("country", country(asked));
    return counted("venues", query);
  }

  /** Artists, venues and upcoming shows by name; without a text nothing. */
  public Map<String, Object> search(Exchange exchange) {
    Map<String, String> asked = asked(exchange, List.of("q"));
    Map<String, Object> query = page(asked);
    query.put("text", asked.get("q"));
    query.put("q", like(asked.get("q")));
    query.put("from", String.valueOf(today()));
    return counted("search", query);
  }

  /** A show is upcoming while its day is not over everywhere. */
  private LocalDate today() {
    return LocalDate.now(clock.withZone(LAST_DAY));
  }

  /** What changed of shows since an instant; that of the last day, unless one is given. */
  public Map<String, Object> changes(Exchange exchange) {
    Map<String, String> asked = asked(exchange, List.of("since"));
    Map<String, Object> query = page(asked);
    Instant since = instant(asked, "since");
    Instant dayAgo = clock.instant().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MINUTES);
    query.put("since", String.valueOf(since == null ? dayAgo : since));
    return counted("changes", query);
  }

  /** Pairs that wait for a person. */
  public Map<String, Object> reviews(Exchange exchange) {
    Map<String, String> asked = asked(exchange, List.of("kind"));
    Map<String, Object> query = page(asked);
    query.put("kind", oneOf(asked, "kind", Decisions.KINDS));
    return counted("reviews", query);
  }

  /** Runs, newest first. */
  public Map<String, Object> runs(Exchange exchange) {
    Map<String, String> asked = asked(exchange, List.of("job", "status"));
    Map<String, Object> query = page(asked);
    query.put("job", asked.get("job"));
    query.put(
        "status",
        oneOf(
            asked, "status", List.of("pending", "in_progress", "completed", "failed", "partial")));
    return counted("runs", query);
  }

  /** Dead letters, newest first. */
  public Map<String, Object> letters(Exchange exchange) {
    Map<String, String> asked = asked(exchange, List.of("state", "source", "kind", "cause"));
    Map<String, Object> query = letters(asked);
    query.put("cause", asked.get("cause"));
    query.put("reach", (Long) query.get("offset") + (Integer) query.get("pageSize"));
    return query;
  }

  /** Causes of dead letters. */
  public Map<String, Object> letterCauses(Exchange exchange) {
    return letters(asked(exchange, List.of("state", "source", "kind")));
  }

  private static Map<String, Object> letters(Map<String, String> asked) {
    Map<String, Object> query = page(asked);
    String state = oneOf(asked, "state", LETTER_STATES);
    query.put("state", state == null ? "open" : state);
    query.put("source", asked.get("source"));
    query.put("kind", asked.get("kind"));
    return query;
  }

  /** The dead letter that the path names. */
  public Map<String, Object> letter(Exchange exchange) {
    asked(exchange, List.of());
    String id = exchange.getMessage().getHeader("id", String.class);
    if (id == null || !id.matches("\\d{1,18}")) {
      throw new Refused(Problem.of(404, "no dead letter has this id; an id is a number"));
    }
    return new HashMap<>(Map.of("id", Long.valueOf(id)));
  }

  /** Every source by its settings; what it has used is in the database. */
  public Map<String, Object> sources(Exchange exchange) {
    asked(exchange, List.of());
    List<String> names = settings.sources();
    Map<String, Object> query = new HashMap<>();
    query.put("names", String.join(",", names));
    query.put("enabled", String.join(",", names.stream().filter(settings::enabled).toList()));
    query.put(
        "limits",
        names.stream()
            .map(name -> String.valueOf(settings.callsPerDay(name)))
            .collect(Collectors.joining(",")));
    return query;
  }

  /** An operation that takes no parameters. */
  public Map<String, Object> nothing(Exchange exchange) {
    asked(exchange, List.of());
    return new HashMap<>();
  }

  /** The text that is looked for; null where none is given. */
  String text(Exchange exchange) {
    return asked(exchange, List.of("q")).get("q");
  }

  /** The one thing that the path names. */
  public Map<String, Object> one(Exchange exchange) {
    asked(exchange, List.of());
    return new HashMap<>(Map.of("id", id(exchange)));
  }

  /** The one thing that the path names, whatever else is asked. */
  public Map<String, Object> path(Exchange exchange) {
    return new HashMap<>(Map.of("id", id(exchange)));
  }

  private static UUID id(Exchange exchange) {
    UUID id = uuid(exchange.getMessage().getHeader("id", String.class));
    if (id == null) {
      throw new Refused(Problem.of(404, "nothing has this id; an id is a uuid"));
    }
    return id;
  }

  private Map<String, Object> counted(String list, Map<String, Object> query) {
    query.put("list", list);
    query.put("total", totals.find(query));
    return query;
  }

  // --- Reading ----------------------------------------------------------------------------------

  /** The query's parameters by name; an empty one, as forms send it, is none. */
  static Map<String, String> asked(Exchange exchange, List<String> known) {
    String raw = exchange.getMessage().getHeader(Exchange.HTTP_RAW_QUERY, String.class);
    List<String> all = new ArrayList<>(known);
    if (!known.isEmpty() && !known.equals(PAGES)) {
      all.addAll(PAGES);
    }
    Map<String, String> asked = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] sides = pair.split("=", 2);
      String name = decode(sides[0], "query");
      if (pair.isEmpty()) {
        continue;
      }
      if (!all.contains(name) && exchange.getProperty("page") != null) {
        continue; // a page is linked to with parameters of others, such as utm_source
      }
      if (!all.contains(name)) {
        throw bad(
            name,
            all.isEmpty()
                ? "this takes no parameters"
                : "there is no such parameter; there are " + String.join(", ", all));
      }
      String value = sides.length == 1 ? "" : decode(sides[1], name).strip();
      if (value.length() > LONGEST_TEXT || value.chars().anyMatch(Character::isISOControl)) {
        throw bad(name, name + " must be a text of at most " + LONGEST_TEXT + " characters");
      }
      if (asked.put(name, value) != null) {
        throw bad(name, name + " is given twice");
      }
    }
    asked.values().removeIf(String::isEmpty);
    return asked;
  }

  private static String decode(String text, String name) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad(name, name + " is not URL encoded");
    }
  }

  private static Map<String, Object> page(Map<String, String> asked) {
    int page = number(asked, "page", 1, LAST_PAGE);
    int size = number(asked, "pageSize", PAGE_SIZE, LARGEST_PAGE);
    Map<String, Object> query = new HashMap<>();
    query.put("page", page);
    query.put("pageSize", size);
    query.put("offset", (page - 1L) * size);
    return query;
  }

  private static int number(Map<String, String> asked, String name, int usual, int largest) {
    String value = asked.get(name);
    if (value == null) {
      return usual;
    }
    int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    if (number < 1 || number > largest) {
      throw bad(name, name + " must be a whole number from 1 to " + largest);
    }
    return number;
  }

  private static LocalDate date(Map<String, String> asked, String name) {
    String value = asked.get(name);
    if (value == null) {
      return null;
    }
    try {
      LocalDate day = LocalDate.parse(value);
      if (day.getYear() >= 1 && day.getYear() <= 9999) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw bad(name, name + " must be a day of the calendar, YYYY-MM-DD");
  }

  private static Instant instant(Map<String, String> asked, String name) {
    String value = asked.get(name);
    if (value == null) {
      return null;
    }
    try {
      Instant instant = Instant.parse(value);
      int year = instant.atOffset(ZoneOffset.UTC).getYear();
      if (year >= 1 && year <= 9999) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    throw bad(name, name + " must be an instant, such as 2027-01-31T20:00:00Z");
  }

  private static String country(Map<String, String> asked) {
    String value = asked.get("country");
    if (value != null && !value.matches("[A-Za-z]{2}")) {
      throw bad("country", "country must be a code of two letters, such as DE");
    }
    return value == null ? null : value.toUpperCase(Locale.ROOT);
  }

  private static String oneOf(Map<String, String> asked, String name, List<String> values) {
    String value = asked.get(name);
    if (value != null && !values.contains(value)) {
      throw bad(name, name + " must be one of " + String.join(", ", values));
    }
    return value;
  }

  private static boolean has(Map<String, String> asked, String name) {
    return asked.get(name) != null;
  }

  /** A pattern that finds the text anywhere, its own wildcards meaning themselves. */
  private static String like(String text) {
    return text == null ? null : "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  static UUID uuid(String text) {
    boolean uuid = text != null && text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    return uuid ? UUID.fromString(text) : null;
  }

  static Refused bad(String parameter, String detail) {
    return new Refused(new Problem(400, detail, parameter));
  }
}
