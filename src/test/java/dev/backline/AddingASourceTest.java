package dev.backline;

import static dev.backline.testkit.WorkedExample.FOLDER;
import static dev.backline.testkit.WorkedExample.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.store.Database;
import dev.backline.store.Overview;
import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.FakeApi.Call;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.WorkedExample;
import dev.backline.testkit.WorkedExample.Block;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A fifth source is a folder and its settings, and no line of Java: the steps of
 * docs/adding-a-source.md, taken from the page and done with the program as it is, against an API
 * that is not known to it.
 */
class AddingASourceTest {
  private static final String KEY = "canary-gigguide-key";
  private static final String SYNC = "sync upcoming-shows from=2027-03-01 to=2027-03-31";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static Command command;
  private static FakeApi api;
  private static Database database;
  private static JdbcTemplate jdbc;

  /** What the commands of the page did, by their words. */
  private static final Map<String, Outcome> OUTCOMES = new LinkedHashMap<>();

  // --- The page ---------------------------------------------------------------------------------

  @BeforeAll
  static void doWhatThePageSays() throws IOException {
    command = Command.withFilesIn(folder);
    WorkedExample.writeTo(command.home());
    api = FakeApi.start(AddingASourceTest::answer);
    String url = Postgres.create();
    command
        .with("DATABASE_URL", url)
        .with("TICKETMASTER_BASE_URL", api.at("/discovery/v2/").toString())
        .with("TICKETMASTER_API_KEY", TestNode.KEY)
        .with("GIGGUIDE_BASE_URL", api.at("/v1/").toString())
        .with("FETCH_IDLE_DELAY", "50")
        .with("APPLY_CLOSE_DELAY", "50");
    database =
        Database.open(
            Settings.load(command.home().resolve(SETTINGS), Map.of())
                .with(Map.of("database.url", url)));
    jdbc = new JdbcTemplate(database.pool());
    for (String line : WorkedExample.typed()) {
      type(line);
    }
  }

  private static void type(String line) {
    if (line.equals("export GIGGUIDE_API_KEY=...")) {
      command.with("GIGGUIDE_API_KEY", KEY);
      return;
    }
    assertThat(line).startsWith("./backline ");
    String words = line.substring("./backline ".length());
    OUTCOMES.put(words, run(words));
  }

  /** Runs a command as one who stands in its folder. */
  private static Outcome run(String words) {
    return command.run(
        Stream.of(words.split(" "))
            .map(
                word ->
                    Files.isRegularFile(command.home().resolve(word))
                        ? command.home().resolve(word).toString()
                        : word)
            .toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    if (database != null) {
      database.close();
    }
    if (api != null) {
      api.close();
    }
  }

  // --- The API ----------------------------------------------------------------------------------

  private static Answer answer(Call call) {
    try {
      if (call.path().equals("/discovery/v2/events.json")) {
        return Answer.of(call.target().contains("includeTB") ? ticketmaster("") : ticketmaster());
      }
      if (!KEY.equals(call.header("X-Api-Key"))) {
        return new Answer(401, "{\"error\":\"no key\"}");
      }
      Matcher page = Pattern.compile("/v1/events\\?.*\\bpage=([1-3])").matcher(call.target());
      return page.matches()
          ? Answer.of(gigguide(Integer.parseInt(page.group(1))))
          : new Answer(404, "{\"error\":\"no such page\"}");
    } catch (IOException e) {
      return new Answer(500, e.toString());
    }
  }

  /** The show that is gigguide's sample, as Ticketmaster tells it. */
  private static String ticketmaster() throws IOException {
    return ticketmaster(Files.readString(Path.of("routes/sources/ticketmaster/event.sample.json")));
  }

  private static String ticketmaster(String event) {
    return """
        {"_embedded":{"events":[%s]},"page":{"size":200,"totalElements":%d,"totalPages":1,"number":0}}"""
        .formatted(event, event.isEmpty() ? 0 : 1);
  }

  /** Three pages with one event each; the clicks of an event go on and on. */
  private static String gigguide(int page) throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(WorkedExample.text("event.sample.json"));
    event.put("going", api.calls().size());
    if (page > 1) {
      event.put("id", "gg-100" + page).put("title", "Tin Roof").put("date", "2027-03-2" + page);
      event.putArray("performers").addObject().put("id", "p-40").put("name", "Tin Roof");
    }
    if (page == 3) {
      event.put("cancelled", true);
      event
          .putObject("venue")
          .put("id", "v-9")
          .put("name", "The Granary")
          .put("city", "Millford")
          .put("country", "GB");
    }
    ObjectNode answer = JSON.createObjectNode().put("page", page).put("pages", 3).put("total", 3);
    answer.putArray("data").add(event);
    return answer.toString();
  }

  // --- What the page must hold ------------------------------------------------------------------

  @Test
  void page_isFilesOfOneFolderAndSettings() throws IOException {
    assertThat(WorkedExample.files())
        .allSatisfy(
            block ->
                assertThat(block.append() ? "+ " + block.file() : block.file())
                    .matches("\\+ config/application\\.properties|" + FOLDER + "[a-z.-]+"))
        .extracting(Block::file)
        .contains(
            SETTINGS,
            FOLDER + "gigguide.camel.yaml",
            FOLDER + "event.jq",
            FOLDER + "event.sample.json",
            FOLDER + "event.expected.json",
            FOLDER + "upcoming-shows.plan.jq")
        .doesNotHaveDuplicates();
  }

  @Test
  void program_doesNotKnowTheSource() throws IOException {
    for (Path root : List.of(Path.of("src", "main"), Path.of("routes"), Path.of("config"))) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
              .as(file.toString())
              .doesNotContainIgnoringCase("gigguide");
        }
      }
    }
  }

  @Test
  void sampleOfTheEvent_isTheAnswerAtTheTopOfThePage() throws IOException {
    JsonNode answer = JSON.readTree(WorkedExample.blocks().get(0).text());
    assertThat(answer.at("/data/0"))
        .isEqualTo(JSON.readTree(WorkedExample.text("event.sample.json")));
  }

  // --- What comes of it -------------------------------------------------------------------------

  @Test
  void everyCommandOfThePage_succeeds() throws IOException {
    assertThat(OUTCOMES)
        .hasSize(
            (int)
                WorkedExample.typed().stream()
                    .filter(line -> line.startsWith("./backline "))
                    .count())
        .containsKeys("check", SYNC, "status")
        .allSatisfy(
            (words, outcome) ->
                assertThat(outcome.exitCode())
                    .as(words + "\n" + outcome.out() + outcome.err())
                    .isZero());
  }

  @ParameterizedTest
  @CsvSource({"event, gg-1001", "venue, v-7", "artist, p-31"})
  void sample_isMappedToWhatThePageExpects(String kind, String id) throws IOException {
    Outcome mapped = OUTCOMES.get("map gigguide event " + FOLDER + "event.sample.json");
    JsonNode record = null;
    for (JsonNode row : JSON.readTree(mapped.out())) {
      assertThat(row.path("state").asText()).isEqualTo("applied");
      record = row.path("id").asText().equals(id) ? row : record;
    }
    assertThat(record).isNotNull();
    assertThat(record.path("kind").asText()).isEqualTo(kind);
    assertThat(record.path("entity"))
        .isEqualTo(JSON.readTree(WorkedExample.text(kind + ".expected.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"venue", "artist"})
  void sampleThatStandsAlone_isMappedAsWell(String kind) throws IOException {
    Outcome mapped = run("map gigguide " + kind + " " + FOLDER + kind + ".sample.json");
    assertThat(mapped.exitCode()).as(mapped.err()).isZero();
    assertThat(JSON.readTree(mapped.out()))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.path("entity"))
                    .isEqualTo(JSON.readTree(WorkedExample.text(kind + ".expected.json"))));
  }

  @Test
  void sync_asksForEveryPageOfThePeriodOnce() {
    assertThat(api.targets().stream().filter(target -> target.startsWith("/v1/")).limit(3))
        .map(target -> Stream.of(target.split("[?&]")).sorted().toList())
        .containsExactly(
            List.of("/v1/events", "from=2027-03-01", "page=1", "to=2027-03-31"),
            List.of("/v1/events", "from=2027-03-01", "page=2", "to=2027-03-31"),
            List.of("/v1/events", "from=2027-03-01", "page=3", "to=2027-03-31"));
  }

  @Test
  void everyRecord_isInTheCatalogue() {
    assertThat(
            jdbc.queryForList(
                "select record_kind || ' ' || source_id || ' ' || state from source_records"
                    + " where source = 'gigguide' order by 1",
                String.class))
        .containsExactly(
            "artist p-31 applied",
            "artist p-32 applied",
            "artist p-40 applied",
            "event gg-1001 applied",
            "event gg-1002 applied",
            "event gg-1003 applied",
            "venue v-7 applied",
            "venue v-9 applied");
    assertThat(
            jdbc.queryForList(
                "select s.name || ', ' || s.local_date || ', ' || v.name || ', ' || a.name || ', ' || s.status"
                    + " from shows s join venues v on v.id = s.venue_id join artists a on a.id = s.headliner_id"
                    + " where s.name = 'Tin Roof' order by 1",
                String.class))
        .containsExactly(
            "Tin Roof, 2027-03-22, Harbour Hall, Tin Roof, scheduled",
            "Tin Roof, 2027-03-23, The Granary, Tin Roof, cancelled");
    assertThat(OUTCOMES.get("records show gigguide event gg-1001").out())
        .contains("Salt & Rope", "applied");
    assertThat(OUTCOMES.get("records list --source gigguide").out()).contains("gg-1003");
    assertThat(OUTCOMES.get("status").out()).contains("gigguide");
  }

  @ParameterizedTest
  @CsvSource({
    "artist, p-31,    K8vZexample01",
    "venue,  v-7,     KovZexample9",
    "show,   gg-1001, G5vYZexample1"
  })
  void whatTicketmasterAlsoHas_isOneRow(String kind, String mine, String theirs) {
    assertThat(
            jdbc.queryForList(
                "select l.source || ' ' || l.source_id from source_links l where l.entity_id in"
                    + " (select entity_id from source_links where entity_kind = ? and source_id = ?)"
                    + " order by 1",
                String.class,
                kind,
                mine))
        .containsExactly("gigguide " + mine, "ticketmaster " + theirs);
  }

  @Test
  void catalogue_holdsNothingTwice() {
    assertThat(new Overview(database.pool()).catalogue())
        .containsEntry("artists", 4L)
        .containsEntry("venues", 2L)
        .containsEntry("shows", 3L);
  }

  @Test
  void secondSync_writesNothing() throws IOException {
    Overview overview = new Overview(database.pool());
    Map<String, String> before = overview.physical();

    Outcome second = run(SYNC + " --json");

    assertThat(second.exitCode()).as(second.err()).isZero();
    JsonNode run = JSON.readTree(second.out());
    assertThat(run.path("unchanged").asInt()).isEqualTo(run.path("fetched").asInt()).isPositive();
    assertThat(overview.physical()).isEqualTo(before);
  }

  @Test
  void withoutItsKey_theSourceIsDisabledAndCheckNamesTheVariable() {
    Command other = Command.in(folder, command.home());
    Outcome check = other.run("check");
    assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
    assertThat(check.out()).contains("GIGGUIDE_API_KEY");
  }
}
