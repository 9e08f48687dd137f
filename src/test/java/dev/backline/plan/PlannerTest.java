package dev.backline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import dev.backline.apply.JqScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs become requests: the real plans and settings, a fixed day. */
class PlannerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("routes", "sources");
  private static final Settings SETTINGS =
      Settings.load(
          Path.of("config", "application.properties"), Map.of("TICKETMASTER_API_KEY", "some-key"));
  private static final String NOON = "2026-11-21T12:00:00Z";

  private static Planner planner(Settings settings, String now) {
    return new Planner(
        settings,
        JqScope.create(SOURCES),
        SOURCES,
        Clock.fixed(Instant.parse(now), ZoneOffset.ofHours(-8)));
  }

  private static List<JsonNode> plan(Settings settings, String now, Map<String, String> parameters)
      throws IOException {
    Map<String, Object> row = planner(settings, now).plan("upcoming-shows", parameters, null);
    List<JsonNode> requests = new ArrayList<>();
    JSON.readTree((String) row.get("requests")).forEach(requests::add);
    return requests;
  }

  private static String window(List<JsonNode> requests) {
    JsonNode window = requests.get(0).path("request").path("window");
    return window.path("from").asText() + " " + window.path("to").asText();
  }

  // --- What is asked ----------------------------------------------------------------------------

  @Test
  void upcomingShows_askForDatedAndUndatedListings() throws IOException {
    List<JsonNode> requests = plan(SETTINGS, NOON, Map.of());
    assertThat(requests).hasSize(3);
    for (int n = 0; n < 3; n++) {
      JsonNode request = requests.get(n);
      assertThat(request.path("n").asInt()).isEqualTo(n);
      assertThat(request.path("source").asText()).isEqualTo("ticketmaster");
      assertThat(request.path("kind").asText()).isEqualTo("event");
      assertThat(request.path("request").path("path").asText()).isEqualTo("events.json");
      JsonNode query = request.path("request").path("query");
      assertThat(query.path("classificationName").asText()).isEqualTo("music");
      assertThat(query.path("size").asText()).isEqualTo("200");
      assertThat(query.path("sort").asText()).as("paging needs an order").isEqualTo("id,asc");
      assertThat(query.path("countryCode").isNull()).isTrue();
    }
    JsonNode dated = requests.get(0).path("request");
    assertThat(dated.path("query").has("includeTBA")).isFalse();
    assertThat(dated.path("query").has("includeTBD")).isFalse();
    JsonNode announced = requests.get(1).path("request");
    assertThat(announced.path("query").path("includeTBA").asText()).isEqualTo("only");
    assertThat(announced.has("window")).as("no date, no window").isFalse();
    JsonNode determined = requests.get(2).path("request");
    assertThat(determined.path("query").path("includeTBD").asText()).isEqualTo("only");
    assertThat(determined.has("window")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T12:00:00Z, 2026-11-21, 2028-11-21",
    // a day is a day of UTC, wherever the clock stands
    "2026-11-21T00:00:00Z, 2026-11-21, 2028-11-21",
    "2026-11-21T23:59:59Z, 2026-11-21, 2028-11-21",
    "2026-12-31T23:59:59Z, 2026-12-31, 2028-12-31",
    // two years on from 29 February there is none
    "2028-02-29T06:00:00Z, 2028-02-29, 2030-02-28",
    "2026-02-28T06:00:00Z, 2026-02-28, 2028-02-28"
  })
  void withoutDates_itIsFromTodayTwoYearsOn(String now, String from, String to) throws IOException {
    assertThat(window(plan(SETTINGS, now, Map.of())))
        .isEqualTo(from + "T00:00:00Z " + to + "T23:59:59Z");
  }

  @Test
  void datesGiven_winOverTheSettingsAndTheseOverTheDefaults() throws IOException {
    Settings set =
        SETTINGS.with(
            Map.of(
                "ticketmaster.events-from", "2026-01-01", "ticketmaster.events-to", "2027-01-01"));
    assertThat(window(plan(set, NOON, Map.of())))
        .isEqualTo("2026-01-01T00:00:00Z 2027-01-01T23:59:59Z");
    assertThat(window(plan(set, NOON, Map.of("from", "2026-02-28", "to", "2026-02-28"))))
        .isEqualTo("2026-02-28T00:00:00Z 2026-02-28T23:59:59Z");
    assertThat(window(plan(set, NOON, Map.of("from", "2026-05-05"))))
        .isEqualTo("2026-05-05T00:00:00Z 2027-01-01T23:59:59Z");
  }

  @Test
  void eachCountry_isAskedForItself() throws IOException {
    List<JsonNode> requests =
        plan(SETTINGS.with(Map.of("ticketmaster.countries", "US,CA")), NOON, Map.of());
    assertThat(requests).hasSize(6);
    assertThat(requests.stream().map(r -> r.at("/request/query/countryCode").asText()))
        .containsExactly("US", "US", "US", "CA", "CA", "CA");
    assertThat(requests.stream().map(r -> r.path("n").asInt())).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"US, CA", " US ,CA ", "US,CA,"})
  void blanksBetweenCountries_meanNothing(String countries) throws IOException {
    List<JsonNode> requests =
        plan(SETTINGS.with(Map.of("ticketmaster.countries", countries)), NOON, Map.of());
    assertThat(requests.stream().map(r -> r.at("/request/query/countryCode").asText()).distinct())
        .containsExactly("US", "CA");
  }

  @Test
  void countryGiven_winsOverTheSetting() throws IOException {
    List<JsonNode> requests =
        plan(
            SETTINGS.with(Map.of("ticketmaster.countries", "US,CA")),
            NOON,
            Map.of("country", "NZ", "city", "São Paulo & more", "state", "CA"));
    assertThat(requests).hasSize(3);
    for (JsonNode request : requests) {
      JsonNode query = request.path("request").path("query");
      assertThat(query.path("countryCode").asText()).isEqualTo("NZ");
      assertThat(query.path("city").asText()).isEqualTo("São Paulo & more");
      assertThat(query.path("stateCode").asText()).isEqualTo("CA");
    }
  }

  @Test
  void pageSize_isTheSetting() throws IOException {
    List<JsonNode> requests =
        plan(SETTINGS.with(Map.of("ticketmaster.page-size", "50")), NOON, Map.of());
    assertThat(requests.get(0).at("/request/query/size").asText()).isEqualTo("50");
  }

  // --- What the catalogue knows -----------------------------------------------------------------

  private static JsonNode planOver(Path sources, String plan, String statement, String rows)
      throws IOException {
    Files.createDirectories(sources.resolve("ticketmaster"));
    Path file = sources.resolve("ticketmaster/popular-tours.plan.jq");
    Path beside = sources.resolve("ticketmaster/popular-tours.plan.sql");
    Files.writeString(file, plan);
    Map<String, String> texts = Map.of(file.toString(), plan, beside.toString(), statement);
    Planner planner =
        new Planner(
            SETTINGS,
            JqScope.create(sources),
            texts::keySet,
            texts::get,
            (asked, with) -> rows.isEmpty() ? "[" + JSON.valueToTree(with) + "]" : rows,
            Clock.systemUTC());
    return JSON.readTree(
        (String) planner.plan("popular-tours", Map.of("popularity", "7"), null).get("requests"));
  }

  @Test
  void rowsOfTheStatementBesideAPlan_areThePlans(@TempDir Path sources) throws IOException {
    JsonNode requests =
        planOver(
            sources,
            "[.rows[] | {kind: \"event\", path: .path}]",
            "select 1",
            "[{\"path\":\"a\"},{\"path\":\"b\"}]");
    assertThat(requests.findValuesAsText("path")).containsExactly("a", "b");
  }

  @Test
  void parametersOfAStatement_areTheRunsElseSettingsOfTheJobOrTheSource(@TempDir Path sources)
      throws IOException {
    JsonNode with =
        planOver(
                sources,
                "[{kind: \"event\", with: .rows[0]}]",
                "select :?popularity, :?artists, :?page_size, :?api_key, :?unknown",
                "")
            .at("/0/request/with");
    assertThat(with.path("popularity").asText()).as("of the run").isEqualTo("7");
    assertThat(with.path("artists").asText()).as("of the job").isEqualTo("1000");
    assertThat(with.path("page_size").asText()).as("of the source").isEqualTo("200");
    assertThat(with.path("api_key").isNull()).as("never a secret").isTrue();
    assertThat(with.path("unknown").isNull()).isTrue();
  }

  @Test
  void planOverNothing_isARunWithoutRequests(@TempDir Path sources) throws IOException {
    assertThat(planOver(sources, "[.rows[] | {kind: \"event\"}]", "select 1", "[]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1", "1.5", ""})
  void parameterThatIsNoNumber_isNamed(String value) {
    assertThatThrownBy(() -> Planner.check(SETTINGS, "historical-setlists", Map.of("years", value)))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContaining("years=" + value + " is not a whole number");
  }

  @Test
  void servedJobs_areThoseThatAnEnabledSourceHasAPlanFor() {
    assertThat(Planner.jobs(SETTINGS, SOURCES))
        .contains("upcoming-shows", "popular-tours", "popular-artists")
        .doesNotContain("artist-songs", "historical-setlists");
  }

  // --- The run ----------------------------------------------------------------------------------

  @Test
  void run_hasTheIdItIsGivenOrANewOne() throws IOException {
    Planner planner = planner(SETTINGS, NOON);
    Map<String, Object> given =
        planner.plan(
            "upcoming-shows", Map.of("city", "Łódź"), "9d2cb5f4-0000-4000-8000-000000000001");
    assertThat(given.get("run")).isEqualTo("9d2cb5f4-0000-4000-8000-000000000001");
    assertThat(given.get("job")).isEqualTo("upcoming-shows");
    assertThat(given.get("parameters")).isEqualTo("{\"city\":\"Łódź\"}");
    Object one = planner.plan("upcoming-shows", null, null).get("run");
    Object other = planner.plan("upcoming-shows", null, null).get("run");
    assertThat(one).asString().hasSize(36).isNotEqualTo(other);
  }

  @Test
  void plan_holdsNoSecret(@TempDir Path sources) throws IOException {
    Files.createDirectory(sources.resolve("ticketmaster"));
    Files.writeString(
        sources.resolve("ticketmaster/upcoming-shows.plan.jq"), "[{kind: \"event\", all: .}]");
    Planner planner = new Planner(SETTINGS, JqScope.create(sources), sources, Clock.systemUTC());
    assertThat(planner.plan("upcoming-shows", Map.of(), null).get("requests"))
        .asString()
        .contains("page-size")
        .doesNotContain("some-key", "api-key");
  }

  // --- What is refused --------------------------------------------------------------------------

  @Test
  void disabledSource_isNamedWithTheVariableToSet() {
    Settings disabled = SETTINGS.with(Map.of("ticketmaster.api-key", ""));
    assertThatThrownBy(() -> plan(disabled, NOON, Map.of()))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContainingAll("upcoming-shows", "ticketmaster", "TICKETMASTER_API_KEY");
  }

  @Test
  void unknownJob_isAnsweredWithTheJobsThereAre() {
    assertThatThrownBy(() -> Planner.check(SETTINGS, "upcoming-show", Map.of()))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContainingAll("'upcoming-show'", "the jobs are", "upcoming-shows");
  }

  @Test
  void unknownParameter_isAnsweredWithTheParametersThereAre() {
    assertThatThrownBy(() -> Planner.check(SETTINGS, "upcoming-shows", Map.of("venue", "x")))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContainingAll("'venue'", "from, to, city, state, country");
  }

  @ParameterizedTest
  @ValueSource(strings = {"from", "to", "city", "state", "country"})
  void knownParameter_isTaken(String name) throws IOException {
    String value = name.equals("from") || name.equals("to") ? "2027-01-01" : "Ohio";
    assertThat(plan(SETTINGS, NOON, Map.of(name, value)).get(0).toString()).contains(value);
  }

  @ParameterizedTest
  @CsvSource({"from, 2026-02-29", "to, 2026-13-01", "from, tomorrow", "to, 1.5.2026", "from, ''"})
  void valueThatIsNoDate_isNamedWithItsParameter(String name, String value) {
    assertThatThrownBy(() -> Planner.check(SETTINGS, "upcoming-shows", Map.of(name, value)))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContainingAll(name + "=" + value, "YYYY-MM-DD");
  }

  @Test
  void leapDay_isADate() throws IOException {
    assertThat(window(plan(SETTINGS, NOON, Map.of("from", "2028-02-29", "to", "2028-02-29"))))
        .isEqualTo("2028-02-29T00:00:00Z 2028-02-29T23:59:59Z");
  }

  @Test
  void endBeforeTheStart_isRefused() {
    assertThatThrownBy(
            () ->
                Planner.check(
                    SETTINGS, "upcoming-shows", Map.of("from", "2027-01-02", "to", "2027-01-01")))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContainingAll("2027-01-01", "2027-01-02");
  }

  @Test
  void endBeforeTheDefaultStart_isRefused() {
    assertThatThrownBy(() -> plan(SETTINGS, NOON, Map.of("to", "2020-01-01")))
        .as("today is the start where none is given")
        .isInstanceOf(UnknownJob.class)
        .hasMessageContainingAll("2020-01-01", "2026-11-21");
  }

  @Test
  void settingThatIsNoDate_isNamed() {
    Settings wrong = SETTINGS.with(Map.of("ticketmaster.events-from", "first of May"));
    assertThatThrownBy(() -> plan(wrong, NOON, Map.of()))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContaining("first of May");
  }

  @Test
  void planThatIsNoArray_isNamed(@TempDir Path sources) throws IOException {
    Files.createDirectory(sources.resolve("ticketmaster"));
    Path file = sources.resolve("ticketmaster/upcoming-shows.plan.jq");
    Planner planner = new Planner(SETTINGS, JqScope.create(sources), sources, Clock.systemUTC());
    for (String plan : List.of("{}", ".today, .today", "error(\"no\")", "[.", "empty")) {
      Files.writeString(file, plan);
      assertThatThrownBy(() -> planner.plan("upcoming-shows", Map.of(), null))
          .as(plan)
          .isInstanceOf(UnknownJob.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void jobWithoutAPlan_isAnsweredWithWhereItBelongs(@TempDir Path sources) {
    Planner planner = new Planner(SETTINGS, JqScope.create(sources), sources, Clock.systemUTC());
    assertThatThrownBy(() -> planner.plan("upcoming-shows", Map.of(), null))
        .isInstanceOf(UnknownJob.class)
        .hasMessageContaining("upcoming-shows.plan.jq");
  }

  @Test
  void jobs_areThoseWithACron() {
    assertThat(Planner.jobs(SETTINGS)).contains("upcoming-shows").isSorted();
  }
}
