package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The truth against what is served, over all events of a world, on two days. */
class TruthTest {
  private static final Map<String, String> STATUS =
      Map.of(
          "onsale", "on_sale",
          "offsale", "off_sale",
          "canceled", "cancelled",
          "cancelled", "cancelled",
          "postponed", "postponed",
          "rescheduled", "rescheduled");

  private static Sandbox sandbox;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(21, 90));
    client = new Client(sandbox);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void everyEvent_isServedAsTheTruthTells() throws IOException {
    for (int round = 0; round < 2; round++) {
      Map<String, JsonNode> truth = client.truth("event");
      Map<String, String> zones = new HashMap<>();
      List<JsonNode> served = client.allEvents("includeTBA=yes&includeTBD=yes&sort=id,asc");
      for (JsonNode event : served) {
        for (JsonNode venue : event.at("/_embedded/venues")) {
          zones.put(Client.id(venue), venue.get("timezone").asText());
        }
        agrees(event, truth.get(Client.id(event)), zones);
      }
      List<String> visible = new ArrayList<>();
      truth.values().stream()
          .filter(event -> event.get("visible").asBoolean())
          .forEach(event -> visible.add(Client.id(event)));
      assertThat(Client.ids(served)).containsExactlyInAnyOrderElementsOf(visible);
      sandbox.advance(45);
    }
  }

  @Test
  void attractionsAndVenues_areServedAsTheTruthTells() throws IOException {
    Map<String, JsonNode> attractions = client.truth("attraction");
    JsonNode body = Client.json(client.call("attractions.json", "size=200"));
    assertThat(body.at("/_embedded/attractions")).hasSameSizeAs(attractions.values());
    for (JsonNode attraction : body.at("/_embedded/attractions")) {
      JsonNode truth = attractions.get(Client.id(attraction));
      assertThat(attraction.get("name").asText().strip()).isEqualTo(truth.get("name").asText());
      assertThat(attraction.at("/externalLinks/musicbrainz/0/id").asText("null"))
          .isIn(truth.get("mbid").asText(), "");
      String spotify = attraction.at("/externalLinks/spotify/0/url").asText();
      assertThat(spotify.isEmpty()).isEqualTo(truth.get("spotify_id").isNull());
      assertThat(spotify.isEmpty() || spotify.contains(truth.get("spotify_id").asText())).isTrue();
    }
    Map<String, JsonNode> venues = client.truth("venue");
    for (JsonNode venue :
        Client.json(client.call("venues.json", "size=200")).at("/_embedded/venues")) {
      JsonNode truth = venues.get(Client.id(venue));
      assertThat(venue.has("name")).isEqualTo(!truth.get("name").isNull());
      assertThat(venue.at("/city/name")).isEqualTo(truth.get("city"));
      if (!truth.get("latitude").isNull()) {
        assertThat(venue.at("/location/latitude").isTextual()).isTrue();
        assertThat(venue.at("/location/latitude").asDouble())
            .isEqualTo(truth.get("latitude").asDouble());
      }
    }
  }

  @Test
  void twoAttractionsOfOneArtist_shareTheMbid() throws IOException {
    Map<Integer, List<JsonNode>> byArtist = new HashMap<>();
    for (JsonNode attraction : client.truth("attraction").values()) {
      byArtist
          .computeIfAbsent(attraction.get("same_as").asInt(), key -> new ArrayList<>())
          .add(attraction);
    }
    List<List<JsonNode>> twins =
        byArtist.values().stream().filter(group -> group.size() > 1).toList();
    assertThat(twins).isNotEmpty();
    for (List<JsonNode> group : twins) {
      assertThat(group)
          .extracting(each -> each.get("mbid").asText())
          .containsOnly(group.get(0).get("mbid").asText())
          .doesNotContain("null");
      assertThat(group).extracting(each -> each.get("name").asText()).doesNotHaveDuplicates();
    }
  }

  private static void agrees(JsonNode event, JsonNode truth, Map<String, String> zones) {
    JsonNode start = event.at("/dates/start");
    assertThat(truth.get("local_date").asText("")).isEqualTo(text(start.get("localDate")));
    assertThat(truth.get("local_time").asText("")).isEqualTo(text(start.get("localTime")));
    assertThat(truth.get("starts_at").asText("")).isEqualTo(text(start.get("dateTime")));
    String code = event.at("/dates/status/code").asText();
    assertThat(truth.get("status").asText()).isEqualTo(STATUS.getOrDefault(code, "scheduled"));
    assertThat(truth.get("venue").asText(""))
        .isEqualTo(event.at("/_embedded/venues/0/id").asText());
    List<String> billed = new ArrayList<>();
    event.at("/_embedded/attractions").forEach(each -> billed.add(Client.id(each)));
    List<String> expected = new ArrayList<>();
    truth.get("attractions").forEach(each -> expected.add(each.asText()));
    assertThat(billed).containsExactlyElementsOf(expected);
    boolean music = event.at("/classifications/0/segment/id").asText().equals("KZFzniwnSyZfZ7v7nJ");
    assertThat(truth.get("music").asBoolean()).isEqualTo(music);
    prices(event, truth);
    if (start.has("dateTime") && zones.containsKey(truth.get("venue").asText())) {
      Instant there =
          LocalDate.parse(start.get("localDate").asText())
              .atTime(LocalTime.parse(start.get("localTime").asText()))
              .atZone(ZoneId.of(zones.get(truth.get("venue").asText())))
              .toInstant();
      assertThat(start.get("dateTime").asText()).isEqualTo(there.toString());
    }
  }

  private static void prices(JsonNode event, JsonNode truth) {
    JsonNode ranges = event.path("priceRanges");
    assertThat(truth.get("price_min").isNull()).isEqualTo(ranges.isMissingNode());
    if (!ranges.isMissingNode()) {
      OptionalDouble min = all(ranges, "min").min();
      OptionalDouble max = all(ranges, "max").max();
      assertThat(min).hasValue(truth.get("price_min").asDouble());
      assertThat(max).hasValue(truth.get("price_max").asDouble());
      assertThat(ranges.get(0).get("currency")).isEqualTo(truth.get("currency"));
    }
  }

  private static DoubleStream all(JsonNode ranges, String field) {
    return StreamSupport.stream(ranges.spliterator(), false)
        .mapToDouble(range -> range.get(field).asDouble());
  }

  private static String text(JsonNode node) {
    return node == null ? "" : node.asText();
  }
}
