package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.backline.store.Run;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Recorded pages of the real API, from the HTTP answer to the rows. Skipped where they are not at
 * hand.
 */
class RecordedAnswersTest {
  private static final Path RECORDED = Path.of("../shared/fixtures/ticketmaster");
  private static final String MUSIC = "KZFzniwnSyZfZ7v7nJ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, JsonNode> EVENTS = new TreeMap<>();
  private static HttpServer server;
  private static TestNode node;
  private static Run run;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Files.isDirectory(RECORDED), "recorded answers are not at hand: " + RECORDED);
    try (Stream<Path> files = Files.list(RECORDED)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("event")).toList()) {
        JsonNode tree = JSON.readTree(file.toFile());
        if (tree.path("_embedded").has("events")) {
          tree.path("_embedded").path("events").forEach(e -> EVENTS.put(e.get("id").asText(), e));
        } else {
          EVENTS.put(tree.get("id").asText(), tree);
        }
      }
    }
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/discovery/v2/events.json",
        exchange -> {
          boolean dated = exchange.getRequestURI().getQuery().contains("startDateTime");
          ObjectNode answer = JSON.createObjectNode();
          if (dated) {
            ArrayNode events = answer.putObject("_embedded").putArray("events");
            EVENTS.values().forEach(events::add);
          }
          answer
              .putObject("page")
              .put("size", 200)
              .put("number", 0)
              .put("totalPages", dated ? 1 : 0)
              .put("totalElements", dated ? EVENTS.size() : 0);
          byte[] body = JSON.writeValueAsBytes(answer);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    node =
        TestNode.start(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/discovery/v2/"));
    run = node.sync("upcoming-shows", "from=2010-01-01", "to=2030-12-31");
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
      server.stop(0);
    }
  }

  private static boolean music(JsonNode event) {
    return Stream.of(event.path("classifications").path(0).path("segment"))
        .anyMatch(s -> s.path("id").asText().equals(MUSIC));
  }

  private static List<JsonNode> musicEvents() {
    return EVENTS.values().stream().filter(RecordedAnswersTest::music).toList();
  }

  private static Map<String, Object> show(String id) {
    return node.jdbc().queryForMap("select * from shows where ticketmaster_id = ?", id);
  }

  @Test
  void everyRecord_isAppliedOrSkippedByAFilter() {
    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(run.balanced()).isTrue();
    assertThat(
            node.jdbc()
                .queryForList(
                    "select source_id || ' ' || error from source_records where state in ('rejected', 'dead', 'landed')"))
        .isEmpty();
    assertThat(musicEvents().size()).isGreaterThan(50);
  }

  @Test
  void everyMusicEvent_isAShowWithItsDatesStateAndPrices() {
    for (JsonNode event : shows()) {
      Map<String, Object> show = show(event.get("id").asText());
      JsonNode start = event.path("dates").path("start");
      assertThat(show.get("name")).isEqualTo(event.get("name").asText().strip());
      boolean undated = start.path("dateTBA").asBoolean() || start.path("dateTBD").asBoolean();
      assertThat(show.get("local_date"))
          .as(event.get("id").asText())
          .isEqualTo(
              undated || !start.has("localDate")
                  ? null
                  : Date.valueOf(start.get("localDate").asText()));
      boolean timed =
          start.has("localTime")
              && !start.path("timeTBA").asBoolean()
              && !start.path("noSpecificTime").asBoolean();
      assertThat(show.get("local_time"))
          .isEqualTo(timed ? Time.valueOf(start.get("localTime").asText()) : null);
      if (timed && start.has("dateTime")) {
        assertThat(((Timestamp) show.get("starts_at")).toInstant())
            .isEqualTo(Instant.parse(start.get("dateTime").asText()));
      }
      String zone = event.path("dates").path("timezone").asText(null);
      if (zone != null) {
        assertThat(show.get("timezone")).isEqualTo(zone);
      }
      String code = event.path("dates").path("status").path("code").asText("");
      assertThat(show.get("status"))
          .isEqualTo(
              Map.of(
                      "onsale",
                      "on_sale",
                      "offsale",
                      "off_sale",
                      "",
                      "scheduled",
                      "canceled",
                      "cancelled")
                  .getOrDefault(code, code));
      JsonNode price = event.path("priceRanges").path(0);
      if (event.path("priceRanges").size() == 1) {
        assertThat((java.math.BigDecimal) show.get("price_min"))
            .isEqualByComparingTo(price.get("min").decimalValue());
        assertThat((java.math.BigDecimal) show.get("price_max"))
            .isEqualByComparingTo(price.get("max").decimalValue());
        assertThat(show.get("currency")).isEqualTo(price.get("currency").asText());
      }
    }
  }

  @Test
  void everyMusicEvent_hasItsVenueAndItsLineUpInOrder() {
    for (JsonNode event : shows()) {
      String id = event.get("id").asText();
      JsonNode venue = event.path("_embedded").path("venues").path(0);
      if (venue.has("id")) {
        Map<String, Object> row =
            node.jdbc()
                .queryForMap(
                    "select v.* from shows s join venues v on v.id = s.venue_id where s.ticketmaster_id = ?",
                    id);
        assertThat(row.get("ticketmaster_id")).isEqualTo(venue.get("id").asText());
        if (venue.path("location").has("latitude")
            && !venue.path("location").path("latitude").asText().equals("0")) {
          assertThat((Double) row.get("latitude"))
              .isEqualTo(venue.path("location").get("latitude").asDouble());
          assertThat((Double) row.get("longitude"))
              .isEqualTo(venue.path("location").get("longitude").asDouble());
        }
        assertThat(row.get("city")).isEqualTo(venue.path("city").path("name").asText().strip());
      }
      List<String> billed =
          event.path("_embedded").path("attractions").findValuesAsText("id").isEmpty()
              ? List.of()
              : stream(event.path("_embedded").path("attractions"))
                  .map(a -> a.get("id").asText())
                  .distinct()
                  .toList();
      List<String> stored =
          node.jdbc()
              .queryForList(
                  "select l.source_id from shows s join show_artists sa on sa.show_id = s.id"
                      + " join source_links l on l.entity_kind = 'artist' and l.entity_id = sa.artist_id"
                      + " where s.ticketmaster_id = ? order by sa.position",
                  String.class,
                  id);
      assertThat(stored).as(id).containsAll(billed);
      if (stored.size() == billed.size()) {
        assertThat(stored).as(id).isEqualTo(billed);
      }
    }
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return java.util.stream.StreamSupport.stream(array.spliterator(), false);
  }

  /** Music that is a show, not something sold beside one. */
  private static List<JsonNode> shows() {
    Set<String> offers =
        Set.copyOf(node.jdbc().queryForList("select source_id from show_offers", String.class));
    return musicEvents().stream().filter(e -> !offers.contains(e.get("id").asText())).toList();
  }

  @Test
  void whatIsSoldBesideAShow_saysSo() {
    assertThat(node.jdbc().queryForList("select name from show_offers", String.class))
        .allMatch(
            name ->
                name.matches(
                    "(?i).*(vip|parking|package|lounge|platinum|meet|club|suite|upgrade|hotel|premium|box|úschovna).*"));
  }

  @Test
  void anEventOfAnotherSegment_isNoShow() {
    long others = EVENTS.size() - musicEvents().size();
    assertThat(others).isPositive();
    assertThat(node.count("shows") + node.count("show_offers")).isEqualTo(musicEvents().size());
  }

  @Test
  void aVenueWithoutAName_isNamedByItsStreetOrCity() {
    assertThat(node.count("venues where name = '' or name is null")).isZero();
  }
}
