package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What setlist.fm answers to each kind of call. */
class SetlistFmTest {
  private static final DateTimeFormatter EVENT_DATE = DateTimeFormatter.ofPattern("dd-MM-yyyy");

  private Sandbox sandbox;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(8, 120));
    client = new Client(sandbox);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  /** The artist of whom there is most. */
  private String mbid() {
    return sandbox.world().realArtists().of(0).mbid();
  }

  @Test
  void withoutKey_yields403() throws IOException {
    assertThat(client.get(sandbox.setlistfm().resolve("search/artists")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void withoutAccept_yieldsXml() throws IOException {
    HttpRequest plain =
        HttpRequest.newBuilder(sandbox.setlistfm().resolve("artist/" + mbid()))
            .header("x-api-key", "k")
            .build();
    assertThat(client.send(plain).headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/xml");
  }

  @Test
  void everyRecordOfASetlist_isFoundByItsId() throws IOException {
    JsonNode setlist = json("artist/" + mbid() + "/setlists", "").at("/setlist/0");
    assertThat(json("setlist/" + setlist.get("id").asText(), "")).isEqualTo(setlist);
    assertThat(json("artist/" + mbid(), "")).isEqualTo(setlist.get("artist"));
    JsonNode venue = setlist.get("venue");
    assertThat(json("venue/" + venue.get("id").asText(), "")).isEqualTo(venue);
    assertThat(client.allOf("setlist", "venue/" + venue.get("id").asText() + "/setlists", ""))
        .contains(setlist)
        .allMatch(each -> each.get("venue").equals(venue));
  }

  @Test
  void pages_haveTwentyFromOneAndNewestFirst() throws IOException {
    JsonNode first = json("artist/" + mbid() + "/setlists", "");
    assertThat(first.get("type").asText()).isEqualTo("setlists");
    assertThat(first.get("itemsPerPage").asInt()).isEqualTo(20);
    assertThat(first.get("page").asInt()).isEqualTo(1);
    assertThat(first.get("setlist")).hasSize(20);
    List<JsonNode> all = client.allOf("setlist", "artist/" + mbid() + "/setlists", "");
    assertThat(all).hasSize(first.get("total").asInt()).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(SetlistFmTest::date)
        .isSortedAccordingTo(Comparator.<LocalDate>naturalOrder().reversed());
    assertThat(json("search/artists", "artistName=e").get("itemsPerPage").asInt()).isEqualTo(30);
  }

  @Test
  void nothingFound_yields404InTwoShapes() throws IOException {
    Set<Set<String>> shapes = new HashSet<>();
    for (int page = 500; page < 520; page++) {
      String query = "p=" + page;
      HttpResponse<byte[]> answer = client.setlistfm("artist/" + mbid() + "/setlists", query);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(client.setlistfm("artist/" + mbid() + "/setlists", query).body())
          .isEqualTo(answer.body());
      Set<String> fields = new HashSet<>();
      Client.json(answer).fieldNames().forEachRemaining(fields::add);
      shapes.add(fields);
    }
    assertThat(shapes)
        .containsExactlyInAnyOrder(
            Set.of("timestamp", "status", "error", "message", "path"),
            Set.of("code", "status", "message", "timestamp"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "artist/nobody",
        "artist/nobody/setlists",
        "venue/00000000",
        "setlist/12345678",
        "setlist/x",
        "search/nothing",
        "nothing",
        "artist/"
      })
  void unknown_yields404(String endpoint) throws IOException {
    assertThat(client.setlistfm(endpoint, "").statusCode()).isEqualTo(404);
  }

  @Test
  void search_narrowsByEachParameter() throws IOException {
    List<JsonNode> all = client.allOf("setlist", "search/setlists", "artistMbid=" + mbid());
    assertThat(all).isEqualTo(client.allOf("setlist", "artist/" + mbid() + "/setlists", ""));
    JsonNode one = all.get(3);
    String venue = one.at("/venue/id").asText();
    for (String query :
        List.of(
            "date=" + one.get("eventDate").asText(),
            "year=" + date(one).getYear(),
            "venueId=" + venue)) {
      List<JsonNode> found =
          client.allOf("setlist", "search/setlists", "artistMbid=" + mbid() + "&" + query);
      assertThat(found).contains(one).hasSizeLessThan(all.size());
      assertThat(all).containsAll(found);
    }
    String name = one.at("/artist/name").asText().replace(" ", "%20");
    assertThat(client.allOf("setlist", "search/setlists", "artistName=" + name)).containsAll(all);
    assertThat(client.allOf("artist", "search/artists", "artistMbid=" + mbid()))
        .containsExactly(one.get("artist"));
    assertThat(client.allOf("artist", "search/artists", "artistName=" + name))
        .contains(one.get("artist"));
  }

  @Test
  void passingDays_bringSetlistsThatTheFeedTells() throws IOException {
    sandbox.advance(60);
    Map<String, JsonNode> before = setlists("");
    String from = sandbox.world().today().plusDays(1).format(DateTimeFormatter.BASIC_ISO_DATE);
    sandbox.advance(45);
    Map<String, JsonNode> after = setlists("");
    Map<String, JsonNode> told = setlists("lastUpdated=" + from + "000000");
    Map<String, JsonNode> changed = new HashMap<>(after);
    changed.entrySet().removeAll(before.entrySet());
    assertThat(told).isEqualTo(changed).isNotEmpty();
    assertThat(changed.keySet())
        .anyMatch(before::containsKey)
        .anyMatch(id -> !before.containsKey(id));
    changed.forEach(
        (id, setlist) -> {
          if (before.containsKey(id)) {
            assertThat(setlist.get("versionId")).isNotEqualTo(before.get(id).get("versionId"));
          }
        });
  }

  @Test
  void emptySetlist_isFilledWithANewVersion() throws IOException {
    World world = sandbox.world();
    Setlists setlists = new Setlists(world);
    int[] played =
        world
            .shows()
            .appearances()
            .filter(each -> setlists.show(each, 60) != null && setlists.show(each, 0) == null)
            .toArray();
    int day = 0;
    OptionalInt appearance = OptionalInt.empty();
    while (appearance.isEmpty()) {
      day++;
      int yesterday = day - 1;
      int today = day;
      appearance =
          Arrays.stream(played)
              .filter(each -> empty(setlists.on(each, yesterday)))
              .filter(each -> setlists.on(each, today) != null)
              .filter(each -> !empty(setlists.on(each, today)))
              .findAny();
    }
    sandbox.advance(day - 1);
    String endpoint = "setlist/" + setlists.id(appearance.getAsInt());
    JsonNode before = json(endpoint, "");
    sandbox.advance(1);
    JsonNode after = json(endpoint, "");
    assertThat(before.at("/sets/set")).isEmpty();
    assertThat(after.at("/sets/set")).isNotEmpty();
    assertThat(after.get("versionId")).isNotEqualTo(before.get("versionId"));
    assertThat(after.get("lastUpdated").asText()).startsWith(world.today().toString());
  }

  @Test
  void faultsWithItsPrefix_strikeOnlyIt() throws IOException {
    sandbox.faults("setlistfm:status=429@1,setlistfm:retry-after=2@1,setlistfm:same-page@3");
    assertThat(client.call("events.json", "").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = client.setlistfm("search/artists", "");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
    JsonNode first = json("search/artists", "");
    assertThat(json("search/artists", "p=2").get("artist")).isEqualTo(first.get("artist"));
    sandbox.faults("status=503");
    assertThat(client.setlistfm("search/artists", "").statusCode()).isEqualTo(200);
  }

  @Test
  void ledger_countsWhatIsInAPage() throws IOException {
    JsonNode page = json("artist/" + mbid() + "/setlists", "");
    SourceLedger ledger = sandbox.ledger().of(Source.SETLISTFM);
    assertThat(ledger.kinds()).containsExactly("artist", "venue", "setlist");
    assertThat(ledger.calls()).isEqualTo(1);
    assertThat(ledger.served("setlist")).isEqualTo(20);
    assertThat(ledger.records("setlist"))
        .extracting(Ledger.Entry::id)
        .containsExactlyElementsOf(ids(page.get("setlist")));
    assertThat(ledger.distinct("artist")).isEqualTo(1);
    assertThat(ledger.served("venue")).isEqualTo(20);
    assertThat(sandbox.ledger().calls()).isZero();
    assertThat(client.lines("world/ledger/records?source=setlistfm&kind=artist"))
        .extracting(Client::id)
        .containsExactly(mbid());
    assertThat(client.world("world/ledger").at("/sources/setlistfm/records/setlist/served").asInt())
        .isEqualTo(20);
  }

  private static List<String> ids(JsonNode setlists) {
    List<String> ids = new ArrayList<>();
    setlists.forEach(each -> ids.add(Client.id(each)));
    return ids;
  }

  private Map<String, JsonNode> setlists(String query) throws IOException {
    Map<String, JsonNode> setlists = new HashMap<>();
    client
        .allOf("setlist", "search/setlists", query)
        .forEach(each -> setlists.put(Client.id(each), each));
    return setlists;
  }

  private JsonNode json(String endpoint, String query) throws IOException {
    return Client.json(client.setlistfm(endpoint, query));
  }

  private static boolean empty(Setlist setlist) {
    return setlist != null && setlist.sets().isEmpty();
  }

  private static LocalDate date(JsonNode setlist) {
    return LocalDate.parse(setlist.get("eventDate").asText(), EVENT_DATE);
  }
}
