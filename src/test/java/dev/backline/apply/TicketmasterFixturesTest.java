package dev.backline.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.module.loaders.BuiltinModuleLoader;
import net.thisptr.jackson.jq.module.loaders.ChainedModuleLoader;
import net.thisptr.jackson.jq.module.loaders.FileSystemModuleLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Ticketmaster mappings over recorded answers, which stay outside the project: in {@code
 * ../shared/fixtures} or, with {@code -Dshared=DIR}, in {@code DIR/fixtures}. Skipped without them.
 */
class TicketmasterFixturesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FIXTURES =
      Path.of(System.getProperty("shared", "../shared"), "fixtures", "ticketmaster");
  private static final Path SOURCES = Path.of("routes", "sources");
  private static final Map<String, JsonQuery> QUERIES = new HashMap<>();
  private static final Scope SCOPE = scope();

  @ParameterizedTest
  @CsvSource({
    "event.json, 1, 1",
    "event-12-attractions-2025.json, 1, 1",
    "events-1-no-datetime.json, 1, 0",
    "events-20-mixed-segments.json, 20, 14",
    "events-20-old-shape-no-status.json, 20, 2",
    "events-20-rescheduled-venue-without-name.json, 20, 16",
    "events-20-up-to-10-attractions.json, 20, 12",
    "events-card.json, 20, 12",
  })
  void events_areShowsWhereTheyAreMusic(String file, int events, int shows) {
    List<JsonNode> records = records("event", read(file));
    assertThat(records).hasSize(events);

    List<JsonNode> mapped = records.stream().map(event -> map("event", event)).toList();

    assertThat(mapped.stream().filter(entity -> !entity.has("skip"))).hasSize(shows);
    assertThat(mapped.stream().filter(entity -> entity.has("skip")))
        .allSatisfy(entity -> assertThat(entity).isEqualTo(json("{'skip': 'not-music'}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "attraction", "venue"})
  void everyRecord_isMappedAndValid(String kind) {
    int entities = 0;
    for (JsonNode record : everyRecord(kind)) {
      JsonNode entity = map(kind, record);
      if (!entity.has("skip")) {
        assertThat(violations(entity)).as(record.path("id").asText()).isEmpty();
        entities++;
      }
    }
    assertThat(entities).isGreaterThan(50);
  }

  @Test
  void concert_keepsDateZonePricesAndPlace() {
    assertThat(event("events-20-mixed-segments.json", "G5diZfg1p1-L8"))
        .isEqualTo(
            json(
                """
                {'entity': 'show', 'name': 'Billy Joel - In Concert', 'venue': 'KovZpZA7AAEA',
                 'artists': ['K8vZ9171uv0'], 'local_date': '2018-03-28', 'local_time': '20:00:00',
                 'starts_at': '2018-03-29T00:00:00Z', 'timezone': 'America/New_York',
                 'status': 'on_sale',
                 'url': 'http://www.ticketmaster.com/billy-joel-in-concert-new-york-new-york-03-28-2018/event/3B005352962A17D0',
                 'price_min': 65.5, 'price_max': 139.5, 'currency': 'USD'}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "events-20-old-shape-no-status.json, vvG1FZf1Xg_Sex, off_sale, 15, 15, USD",
    "events-20-mixed-segments.json, G5viZfUxxntDN, on_sale, 52.75, 92, USD",
    "events-20-up-to-10-attractions.json, 1kk8v94-GA5YE-w, on_sale, 94.25, 745.25, USD",
    "events-20-rescheduled-venue-without-name.json, Z698xZbpZ17a4oM, rescheduled, 90, 195.75, EUR",
    "events-20-rescheduled-venue-without-name.json, Z698xZu0ZaFIv, rescheduled, 681.01, 7495, CZK",
    "events-20-rescheduled-venue-without-name.json, Z698xZbpZ17a0ut, on_sale, 45, 48.5, EUR",
    "events-20-rescheduled-venue-without-name.json, Z698xZu3Zaest, on_sale, , ,",
  })
  void statusAndPrices(
      String file, String id, String status, Double min, Double max, String currency) {
    JsonNode show = event(file, id);

    assertThat(show.get("status").asText()).isEqualTo(status);
    assertThat(number(show.get("price_min"))).isEqualTo(min);
    assertThat(number(show.get("price_max"))).isEqualTo(max);
    assertThat(text(show.get("currency"))).isEqualTo(currency);
  }

  @ParameterizedTest
  @CsvSource({
    // Its own zone.
    "events-20-rescheduled-venue-without-name.json, Z698xZC4Z173epK,"
        + " 2021-11-13, 20:00:00, 2021-11-13T19:00:00Z, Europe/Copenhagen",
    // The zone of its venue, since the event names none.
    "events-20-up-to-10-attractions.json, Z7r9jZ1AeOOb_,"
        + " 2020-03-06, 20:00:00, 2020-03-07T02:00:00Z, America/Chicago",
    // Time to be announced.
    "event-12-attractions-2025.json, Z698xZu0ZaGcc, 2025-07-18, , , Europe/Prague",
    // Rescheduled: the new date, not the initial one.
    "events-20-rescheduled-venue-without-name.json, vvG1YZ4VLloAHj,"
        + " 2021-09-21, 20:00:00, 2021-09-22T01:00:00Z, America/Chicago",
  })
  void dates(String file, String id, String date, String time, String instant, String zone) {
    JsonNode show = event(file, id);

    assertThat(text(show.get("local_date"))).isEqualTo(date);
    assertThat(text(show.get("local_time"))).isEqualTo(time);
    assertThat(text(show.get("starts_at"))).isEqualTo(instant);
    assertThat(text(show.get("timezone"))).isEqualTo(zone);
  }

  @Test
  void eventWithoutDatetime_keepsItsDay() {
    JsonNode show = map("event", asMusic(record("events-1-no-datetime.json", "vvG1VZKS5pr1qy")));

    assertThat(text(show.get("local_date"))).isEqualTo("2016-03-06");
    assertThat(show.get("local_time").isNull()).isTrue();
    assertThat(show.get("starts_at").isNull()).isTrue();
  }

  @Test
  void oldShapeWithoutStatus_isScheduled() {
    String file = "events-20-old-shape-no-status.json";
    JsonNode show = map("event", asMusic(record(file, "Z1lMVSyiJynZ177_Cp")));

    assertThat(violations(show)).isEmpty();
    assertThat(text(show.get("status"))).isEqualTo("scheduled");
    assertThat(text(show.get("venue"))).isEqualTo("ZKlMVSyiJynZee77Pe7av");
    assertThat(text(show.get("timezone"))).isEqualTo("America/Chicago");
    assertThat(show.get("artists")).isEmpty();
  }

  @Test
  void lineUp_keepsTheBillingOrder() {
    assertThat(event("events-20-up-to-10-attractions.json", "vv1AeZAOUGkdbcBub").get("artists"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "K8vZ9171sD7",
            "K8vZ9175df0",
            "K8vZ9171iff",
            "K8vZ917KRM0",
            "K8vZ9171h90",
            "K8vZ9175fe0",
            "K8vZ9175vO0",
            "K8vZ917CGC0",
            "K8vZ91719R7",
            "K8vZ9171Yhf");
    assertThat(event("event-12-attractions-2025.json", "Z698xZu0ZaGcc").get("artists"))
        .extracting(JsonNode::asText)
        .hasSize(12)
        .startsWith("K8vZ917b0g0", "K8vZ917bDn0")
        .endsWith("K8vZ917q2-V", "K8vZ917q2DV");
  }

  @Test
  void nameWithBlanks_isTrimmed() {
    String file = "events-20-rescheduled-venue-without-name.json";

    assertThat(text(event(file, "Z698xZ2qZaAxc").get("name")))
        .isEqualTo("Alicia Keys: ALICIA – The World Tour");
  }

  @ParameterizedTest
  @CsvSource({
    "K8vZ9175rX7, Beyoncé, 859d0860-d480-4efd-970c-c05d5f1776b8, 6vWDO969PvNqNYHIOW5v0m, true",
    "K8vZ9179sW0, Krucipüsk, , 4OfGEgRQHaHQo9uX0BBGbH, true",
    "K8vZ91713Y7, Foo Fighters, 67f66c07-6e61-4026-ade5-7e782fad3a5d, , true",
    "K8vZ9175fe0, 112, 9132d515-dc0e-4494-85ae-20f06eed14f9, , true",
    "K8vZ9175BhV, !!!, , , true",
    "K8vZ9171ya0, #SummersEND Music Festival, , , true",
    "K8vZ9171xI0, Parking Event, , , false",
    "K8vZ9171oG0, Dallas Cowboys, , , false",
  })
  void artist(String id, String name, String mbid, String spotify, boolean music) {
    JsonNode artist = entity("attraction", id);

    assertThat(text(artist.get("name"))).isEqualTo(name);
    assertThat(text(artist.get("mbid"))).isEqualTo(mbid);
    assertThat(text(artist.get("spotify_id"))).isEqualTo(spotify);
    assertThat(artist.get("music").booleanValue()).isEqualTo(music);
  }

  @ParameterizedTest
  @CsvSource({
    "K8vZ9171ob7, Rock;Pop",
    "K8vZ9175rX7, R&B",
    "Z7r9jZaFPz, ''",
    "K8vZ9178h5f, ''",
    "K8vZ9172De7, Hip-Hop/Rap;Urban",
  })
  void genres_areDistinctAndKnown(String id, String genres) {
    assertThat(entity("attraction", id).get("genres"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(genres.isEmpty() ? List.of() : List.of(genres.split(";")));
  }

  @Test
  void image_isTheWidestOfItsRatio() {
    assertThat(text(map("attraction", read("attraction.json")).get("image_url")))
        .endsWith("_62221_TABLET_LANDSCAPE_LARGE_16_9.jpg");
  }

  @ParameterizedTest
  @CsvSource({
    "KovZpZA7AAEA, Madison Square Garden, New York, US, 40.7497062, -73.9916006",
    // No name: its street.
    "Z198xZbpZdkF, Oude Engelenseweg 1, Den Bosch, NL, 51.7014, 5.28999",
    "Z198xZu3Z6A7, Rue de la Rôtisserie 10, Genève, CH, 46.20272, 6.14652",
    // Blanks at the end.
    "KovZpZA6AEIA, Spectrum Center, Charlotte, US, 35.225222, -80.839921",
    "KovZpZAIetdA, Planet Trog, Whitehall, US, 40.662617, -75.510789",
    // No location, and a location of 0,0.
    "KovZpZAIJ6EA, CANCUNICC Centro de Convenciones, Cancún, MX, ,",
    "Z7r9jZaes7, NZ Test Venue, Auckland, NZ, ,",
  })
  void venue(String id, String name, String city, String country, Double north, Double east) {
    JsonNode venue = entity("venue", id);

    assertThat(text(venue.get("name"))).isEqualTo(name);
    assertThat(text(venue.get("city"))).isEqualTo(city);
    assertThat(text(venue.get("country_code"))).isEqualTo(country);
    assertThat(number(venue.get("latitude"))).isEqualTo(north);
    assertThat(number(venue.get("longitude"))).isEqualTo(east);
  }

  @Test
  void standAloneVenue_keepsEverything() {
    assertThat(map("venue", read("venue.json")))
        .isEqualTo(
            json(
                """
                {'entity': 'venue', 'name': 'The Pavilion at Montage Mountain', 'city': 'Scranton',
                 'state': 'Pennsylvania', 'state_code': 'PA',
                 'country': 'United States Of America', 'country_code': 'US',
                 'address': '1000 Montage Mountain Road', 'postal_code': '18505',
                 'latitude': 41.3479758, 'longitude': -75.6638888,
                 'timezone': 'America/New_York'}
                """));
  }

  private static JsonNode event(String file, String id) {
    return map("event", record(file, id));
  }

  private static JsonNode record(String file, String id) {
    return records("event", read(file)).stream()
        .filter(event -> event.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode asMusic(JsonNode event) {
    ObjectNode copy = event.deepCopy();
    copy.set("classifications", json("[{'segment': {'id': 'KZFzniwnSyZfZ7v7nJ'}}]"));
    return copy;
  }

  private static JsonNode entity(String kind, String id) {
    return everyRecord(kind).stream()
        .filter(record -> record.path("id").asText().equals(id))
        .findFirst()
        .map(record -> map(kind, record))
        .orElseThrow();
  }

  /** Events, and the attractions and venues inside them and in answers of their own. */
  private static List<JsonNode> everyRecord(String kind) {
    assumeTrue(Files.isDirectory(FIXTURES), () -> "no recorded answers in " + FIXTURES);
    try (var files = Files.list(FIXTURES)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .flatMap(file -> records(kind, read(file.getFileName().toString())).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> records(String kind, JsonNode answer) {
    List<JsonNode> records = new ArrayList<>();
    if (answer.path("type").asText().equals(kind)) {
      records.add(answer);
    }
    for (JsonNode embedded : answer.path("_embedded")) {
      embedded.forEach(record -> records.addAll(records(kind, record)));
    }
    return records;
  }

  private static JsonNode read(String file) {
    Path path = FIXTURES.resolve(file);
    assumeTrue(Files.isRegularFile(path), () -> "no recorded answer " + path);
    try {
      return JSON.readTree(path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonNode node) {
    return node.isNull() ? null : node.textValue();
  }

  private static Double number(JsonNode node) {
    return node.isNull() ? null : Double.valueOf(node.doubleValue());
  }

  private static Set<ValidationMessage> violations(JsonNode entity) {
    Path file = Path.of("routes/entities", entity.get("entity").asText() + ".schema.json");
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Files.readString(file), config)
          .validate(entity);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scope scope() {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
    scope.setModuleLoader(
        new ChainedModuleLoader(
            BuiltinModuleLoader.getInstance(),
            new FileSystemModuleLoader(scope, Versions.JQ_1_7, SOURCES.toAbsolutePath())));
    return scope;
  }

  private static JsonNode map(String kind, JsonNode record) {
    try {
      if (!QUERIES.containsKey(kind)) {
        String jq = Files.readString(SOURCES.resolve("ticketmaster").resolve(kind + ".jq"));
        QUERIES.put(kind, JsonQuery.compile(jq, Versions.JQ_1_7));
      }
      List<JsonNode> out = new ArrayList<>();
      QUERIES.get(kind).apply(Scope.newChildScope(SCOPE), record, out::add);
      assertThat(out).as("one record in, one entity out").hasSize(1);
      return JSON.readTree(out.get(0).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
