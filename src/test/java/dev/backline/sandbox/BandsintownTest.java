package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Bandsintown answers to each kind of call, and its habits. */
class BandsintownTest {
  private Sandbox sandbox;
  private World world;
  private Client client;
  private Gigs gigs;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(4, 300));
    world = sandbox.world();
    client = new Client(sandbox);
    gigs = new Gigs(world);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?app_id=", "?app_id=wrong-key"})
  void withoutAppId_yields403(String query) throws IOException {
    URI uri = URI.create(sandbox.bandsintown() + "artists/id_" + known().bandsintownId() + query);
    HttpResponse<byte[]> answer = client.get(uri);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Client.json(answer).get("Message").asText()).contains("explicit deny");
  }

  @Test
  void everyName_findsItsArtistWhenEncodedAsDocumented() throws IOException {
    int odd = 0;
    for (Artist artist : artists()) {
      String name = gigs.name(artist);
      JsonNode found = Client.json(client.bandsintown("artists/" + encoded(name), ""));
      JsonNode byId = Client.json(client.bandsintown("artists/id_" + artist.bandsintownId(), ""));
      assertThat(byId.get("id").asText()).isEqualTo(artist.bandsintownId());
      assertThat(byId.get("name").asText()).isEqualTo(name);
      assertThat(found.get("name").asText()).isEqualToIgnoringCase(name);
      odd += name.matches(".*[/?*\"].*") ? 1 : 0;
    }
    assertThat(odd).isPositive();
  }

  @Test
  void slashEncodedOnce_findsNobody() throws IOException {
    Artist artist =
        artists().stream().filter(each -> gigs.name(each).contains("/")).findFirst().orElseThrow();
    String once = URLEncoder.encode(gigs.name(artist), StandardCharsets.UTF_8).replace("+", "%20");
    assertThat(text(client.bandsintown("artists/" + once, ""))).doesNotContain("\"id\"");
  }

  @Test
  void unknownArtist_yields404OrNoJsonWith200() throws IOException {
    Set<String> bodies = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      HttpResponse<byte[]> answer = client.bandsintown("artists/Nobody%20" + i + "/events", "");
      String body = text(answer);
      assertThat(answer.statusCode()).isEqualTo(body.startsWith("{") ? 404 : 200);
      bodies.add(body);
    }
    assertThat(bodies)
        .containsExactlyInAnyOrder(
            "{\"errorMessage\":\"[NotFound] The artist was not found\"}", "\n{warn=Not found}\n");
  }

  @Test
  void dates_narrowTheEvents() throws IOException {
    sandbox.advance(100);
    String today = world.today().toString();
    List<JsonNode> all = events(artist(), "all");
    List<JsonNode> past = events(artist(), "past");
    List<JsonNode> upcoming = events(artist(), "upcoming");
    assertThat(past).isNotEmpty().allMatch(each -> date(each).compareTo(today) < 0);
    assertThat(upcoming).isNotEmpty().allMatch(each -> date(each).compareTo(today) >= 0);
    assertThat(ids(all))
        .isEqualTo(Stream.of(past, upcoming).flatMap(e -> ids(e).stream()).toList());
    assertThat(all).extracting(each -> each.get("datetime").asText().substring(0, 10)).isSorted();
    String day = date(upcoming.get(0));
    assertThat(ids(events(artist(), day + "," + day))).contains(Client.id(upcoming.get(0)));
    assertThat(ids(events(artist(), "2020-01-01," + day)))
        .containsAll(ids(past))
        .doesNotContain(Client.id(upcoming.get(upcoming.size() - 1)));
    assertThat(
            Client.json(client.bandsintown("artists/id_" + artist().bandsintownId(), ""))
                .get("upcoming_event_count")
                .asInt())
        .isEqualTo(upcoming.size());
    assertThat(client.bandsintown(path(artist()), "date=soon").statusCode()).isEqualTo(400);
  }

  @Test
  void knownArtistWithoutShows_yieldsAnEmptyArray() throws IOException {
    Artist idle =
        artists().stream()
            .filter(each -> gigs.of(each.number(), 0).findAny().isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(text(client.bandsintown(path(idle), "date=all"))).isEqualTo("[]");
  }

  @Test
  void artist_standsInTheFirstEventOnlyAndUrlsEchoTheAppId() throws IOException {
    List<JsonNode> events = events(artist(), "all");
    assertThat(events.get(0).has("artist")).isTrue();
    assertThat(events.subList(1, events.size())).noneMatch(each -> each.has("artist"));
    assertThat(events).allMatch(each -> each.get("url").asText().contains("app_id=my-app"));
    assertThat(events.get(0).at("/artist/url").asText()).contains("app_id=my-app");
  }

  @Test
  void cancelledShow_vanishes() throws IOException {
    sandbox.advance(200);
    Set<String> entities = new HashSet<>();
    for (int event = 0; event < world.eventCount(); event++) {
      if (world.timeline().at(event, 200).status().equals("cancelled")) {
        entities.add("show " + event);
      }
    }
    Set<String> cancelled = new HashSet<>();
    sandbox
        .identities()
        .same()
        .filter(each -> each.source() == Source.BANDSINTOWN && entities.contains(each.entity()))
        .forEach(each -> cancelled.add(each.id()));
    assertThat(cancelled).isNotEmpty();
    assertThat(ids(allEvents())).isNotEmpty().doesNotContainAnyElementsOf(cancelled);
  }

  @Test
  void habits_haveTheirShares() throws IOException {
    List<JsonNode> events = allEvents();
    assertThat(share(events, each -> each.get("datetime").asText().endsWith("T00:00:00")))
        .isBetween(6.0, 14.0);
    assertThat(share(events, each -> each.get("offers").isEmpty())).isBetween(12.0, 28.0);
    assertThat(events).anyMatch(each -> each.get("lineup").size() > 1);
    assertThat(events).anyMatch(each -> each.at("/venue/region").asText().isEmpty());
    assertThat(events).anyMatch(each -> each.at("/venue/region").asText().equals("NSW"));
    assertThat(events).anyMatch(each -> each.at("/venue/country").asText().equals("United States"));
    assertThat(events).allMatch(each -> each.at("/venue/latitude").isTextual());
    assertThat(artists().size() * 100.0 / world.realArtists().all().count()).isBetween(62.0, 78.0);
    List<Boolean> told = new ArrayList<>();
    for (Artist artist : artists()) {
      JsonNode json = Client.json(client.bandsintown("artists/id_" + artist.bandsintownId(), ""));
      told.add(!json.get("mbid").asText().isEmpty());
    }
    assertThat(share(told, each -> each)).isBetween(50.0, 70.0);
  }

  @Test
  void faultsWithItsPrefix_strikeOnlyIt() throws IOException {
    sandbox.faults("bandsintown:status=500*1,setlistfm:status=500");
    assertThat(client.bandsintown(path(artist()), "").statusCode()).isEqualTo(500);
    assertThat(client.bandsintown(path(artist()), "").statusCode()).isEqualTo(200);
    assertThat(sandbox.ledger().of(Source.BANDSINTOWN).calls()).isEqualTo(2);
    assertThat(sandbox.ledger().of(Source.BANDSINTOWN).distinct("artist")).isEqualTo(1);
  }

  /** An artist with many events. */
  private Artist artist() {
    return artists().stream()
        .max(Comparator.comparing(each -> gigs.of(each.number(), 0).count()))
        .orElseThrow();
  }

  private Artist known() {
    return artists().get(0);
  }

  private List<Artist> artists() {
    Artists all = world.realArtists();
    return all.all().filter(gigs::knows).mapToObj(all::of).toList();
  }

  private List<JsonNode> allEvents() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (Artist artist : artists()) {
      events.addAll(events(artist, "all"));
    }
    return events;
  }

  private List<JsonNode> events(Artist artist, String date) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    Client.json(client.bandsintown(path(artist), "date=" + date)).forEach(events::add);
    return events;
  }

  private static String path(Artist artist) {
    return "artists/id_" + artist.bandsintownId() + "/events";
  }

  /** As the documentation has it: these four twice, all else once. */
  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%252A")
        .replace("%2F", "%252F")
        .replace("%3F", "%253F")
        .replace("%22", "%27C");
  }

  private static String date(JsonNode event) {
    return event.get("datetime").asText().substring(0, 10);
  }

  private static List<String> ids(List<JsonNode> events) {
    return Client.ids(events);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static <T> double share(Collection<T> things, Predicate<T> habit) {
    return things.stream().filter(habit).count() * 100.0 / things.size();
  }
}
