package dev.backline.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Ledger;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.EmbeddedServer;
import dev.backline.store.JdbcUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Compares a database with the sandbox's ledger and truth. Reads nothing else. */
public final class Checker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_EXAMPLES = 5;

  private final Path data;
  private final Sandbox sandbox;
  private final Map<Ledger.Kind, Set<String>> served = new EnumMap<>(Ledger.Kind.class);
  private final List<String> wrong = new ArrayList<>();
  private JdbcTemplate jdbc;

  /**
   * @param data folder of the embedded PostgreSQL; nobody else may be at work on it while comparing
   */
  public Checker(Path data, Sandbox sandbox) {
    this.data = data;
    this.sandbox = sandbox;
  }

  /** The differences found so far, one line each; none means that the promise held. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }

  /**
   * Compares the database with what was served since the ledger's last reset, and with today's
   * truth.
   */
  public void compare() throws IOException {
    try (EmbeddedServer server = EmbeddedServer.own(data)) {
      compare(server.url());
    }
  }

  /** The same with a server that runs already. */
  public void compare(JdbcUrl url) throws IOException {
    jdbc = new JdbcTemplate(new DriverManagerDataSource(url.url(), url.user(), url.password()));
    records();
    ends();
    shows();
    artists();
    differ(
        "runs whose books do not balance",
        new HashSet<>(
            jdbc.queryForList(
                "select id::text from sync_jobs where balanced = false", String.class)));
  }

  /** Every record that was served is stored, and nothing else. */
  private void records() {
    for (Ledger.Kind kind : Ledger.Kind.values()) {
      Set<String> lately = new HashSet<>();
      sandbox.ledger().records(kind).forEach(entry -> lately.add(entry.id()));
      Set<String> ever = served.computeIfAbsent(kind, k -> new HashSet<>());
      ever.addAll(lately);
      Set<String> stored =
          new HashSet<>(
              jdbc.queryForList(
                  "select source_id from source_records where source = 'ticketmaster' and record_kind = ?",
                  String.class,
                  kind.word()));
      differ(kind.word() + "s served and not stored", minus(lately, stored));
      differ(kind.word() + "s stored and never served", minus(stored, ever));
    }
  }

  /** Every record has come to an end, and every end that is no success says why. */
  private void ends() {
    differ("records still landed", ids("state = 'landed'"));
    differ(
        "records without a reason",
        ids("state in ('rejected', 'skipped', 'dead') and error is null"));
    differ(
        "dead records without one open letter",
        ids(
            "state = 'dead' and 1 <> (select count(*) from dead_letters d where d.state = 'open'"
                + " and d.source = source_records.source and d.record_kind = source_records.record_kind"
                + " and d.source_id = source_records.source_id)"));
    differ(
        "runs that did not end",
        new HashSet<>(
            jdbc.queryForList(
                "select id::text from sync_jobs where status in ('pending', 'in_progress')",
                String.class)));
    differ(
        "applied events without a show",
        ids(
            "state = 'applied' and record_kind = 'event' and not exists (select 1 from source_links l"
                + " join shows s on s.id = l.entity_id where l.entity_kind = 'show'"
                + " and l.source = source_records.source and l.source_id = source_records.source_id)"));
  }

  private Set<String> ids(String where) {
    return new LinkedHashSet<>(
        jdbc.queryForList("select source_id from source_records where " + where, String.class));
  }

  /** Every listing of music that is to be seen today is one show, as it is in truth. */
  private void shows() throws IOException {
    Map<String, Map<String, Object>> stored = new HashMap<>();
    Set<String> doubled = new LinkedHashSet<>();
    jdbc.queryForList(
            "select s.ticketmaster_id as id, s.local_date::text as local_date, s.starts_at, s.status,"
                + " s.price_min, s.price_max, v.ticketmaster_id as venue, (select count(*) from show_artists a"
                + " where a.show_id = s.id) as artists from shows s left join venues v on v.id = s.venue_id")
        .forEach(
            row -> {
              if (stored.put((String) row.get("id"), row) != null) {
                doubled.add((String) row.get("id"));
              }
            });
    differ("shows stored twice", doubled);
    Set<String> offered =
        new HashSet<>(jdbc.queryForList("select source_id from show_offers", String.class));
    Set<String> missing = new LinkedHashSet<>();
    Set<String> different = new LinkedHashSet<>();
    for (JsonNode event : truth("event")) {
      if (!event.path("visible").asBoolean() || !event.path("music").asBoolean()) {
        continue;
      }
      String id = event.get("id").asText();
      Map<String, Object> show = stored.get(id);
      if (show == null) {
        if (!event.hasNonNull("beside") || !offered.contains(id)) {
          missing.add(id);
        }
      } else if (!same(event, show)) {
        different.add(id + " " + show + " and not " + event);
      }
    }
    differ("shows missing", missing);
    differ("shows that are not as they are in truth", different);
  }

  private static boolean same(JsonNode event, Map<String, Object> show) {
    Instant starts =
        event.hasNonNull("starts_at") ? Instant.parse(event.get("starts_at").asText()) : null;
    Object stored = show.get("starts_at");
    return Objects.equals(text(event, "local_date"), show.get("local_date"))
        && Objects.equals(starts, stored == null ? null : ((java.sql.Timestamp) stored).toInstant())
        && Objects.equals(text(event, "status"), show.get("status"))
        && Objects.equals(text(event, "venue"), show.get("venue"))
        && price(event.get("price_min"), show.get("price_min"))
        && price(event.get("price_max"), show.get("price_max"));
  }

  private static boolean price(JsonNode told, Object stored) {
    boolean none = told == null || told.isNull();
    return none
        ? stored == null
        : stored != null && told.decimalValue().compareTo((BigDecimal) stored) == 0;
  }

  private static String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }

  /** Attractions are one artist exactly where the truth says that a trusted id makes them one. */
  private void artists() throws IOException {
    Map<String, String> entities = new HashMap<>();
    jdbc.query(
        "select source_id, entity_id::text from source_links where entity_kind = 'artist'",
        row -> {
          entities.put(row.getString(1), row.getString(2));
        });
    Map<String, String> truthOf = new HashMap<>();
    Set<String> mixed = new LinkedHashSet<>();
    for (JsonNode attraction : truth("attraction")) {
      String entity = entities.get(attraction.get("id").asText());
      if (entity != null) {
        String known = truthOf.putIfAbsent(entity, attraction.get("same_as").asText());
        if (known != null && !known.equals(attraction.get("same_as").asText())) {
          mixed.add(attraction.get("id").asText());
        }
      }
    }
    differ("attractions under another artist's name", mixed);
    differ(
        "artists that nothing belongs to",
        new HashSet<>(
            jdbc.queryForList(
                "select id::text from artists a where not exists (select 1 from source_links l"
                    + " where l.entity_kind = 'artist' and l.entity_id = a.id)",
                String.class)));
  }

  private List<JsonNode> truth(String kind) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sandbox.writeTruth(out);
    List<JsonNode> things = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).split("\n")) {
      JsonNode thing = JSON.readTree(line);
      if (thing.path("kind").asText().equals(kind)) {
        things.add(thing);
      }
    }
    return things;
  }

  private void differ(String what, Set<String> ids) {
    if (!ids.isEmpty()) {
      wrong.add(
          ids.size()
              + " "
              + what
              + ": "
              + String.join(", ", ids.stream().limit(MOST_EXAMPLES).toList()));
    }
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new LinkedHashSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
