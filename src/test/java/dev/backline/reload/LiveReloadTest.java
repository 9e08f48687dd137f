package dev.backline.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Database;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import dev.backline.testkit.LiveNode;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Edits of routes/ while `backline run` works, as an engineer makes them and an operator sees it.
 */
class LiveReloadTest {
  private static final String EVENT = "routes/sources/ticketmaster/event.jq";
  private static final String SHOWS = "routes/jobs/upcoming-shows.camel.yaml";
  private static final String TRANSLATE = "routes/flow/translate.camel.yaml";

  @TempDir static Path folder;
  private static Sandbox sandbox;
  private static Database database;
  private static Node planner;
  private static LiveNode live;
  private static int runs;

  private Map<String, String> routes;
  private int said;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 150));
    String url = Postgres.create();
    Settings settings =
        TestNode.settings(url, sandbox.ticketmaster(), Map.of("ticketmaster.page-size", "20"));
    database = Database.open(settings);
    planner = Node.start(settings, database, Node.Mode.IDLE);
    Map<String, String> environment = LiveNode.environment(url, sandbox.ticketmaster());
    environment.put("GUARD_SAMPLE_RECORDS", "0"); // What edits make of records: GuardTest.
    live = LiveNode.start(folder, environment);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    boolean ended = live.stop(30);
    Files.write(Path.of("target", "live-reload.log"), live.log()); // To read what a failure was.
    live.close();
    planner.close();
    database.close();
    sandbox.close();
    assertThat(ended).as("ended when it was told to").isTrue();
  }

  @BeforeEach
  void look() {
    routes = live.routes();
    said = live.said();
    assertThat(routes).hasSizeGreaterThan(25).containsEntry("ticketmaster-pages", "Started");
  }

  /** Every file as it was; the node takes it back, or sees that nothing has changed. */
  @AfterEach
  void putBack() throws IOException {
    int before = live.said();
    boolean differs = false;
    for (Path original : RouteSet.list(Path.of("routes"))) {
      Path mine = folder.resolve(original.toString());
      if (!Files.exists(mine) || Files.mismatch(original, mine) >= 0) {
        Files.copy(original, mine, StandardCopyOption.REPLACE_EXISTING);
        differs = true;
      }
    }
    for (Path mine : RouteSet.list(folder.resolve("routes"))) {
      if (!Files.exists(Path.of("routes").resolve(folder.resolve("routes").relativize(mine)))) {
        Files.delete(mine);
        differs = true;
      }
    }
    if (differs) {
      live.awaitLine(before, line -> line.contains("reloaded") || line.contains("again what runs"));
    }
  }

  // --- What it is asked -------------------------------------------------------------------------

  /** Runs the job over some weeks; never twice the same ones, which would join the former run. */
  private static Run sync() {
    return await(begin("2027-02-" + (10 + ++runs)));
  }

  private static UUID begin(String to) {
    return JobRuns.start(planner, "upcoming-shows", Map.of("from", "2026-12-01", "to", to));
  }

  private static Run await(UUID run) {
    Runs runs = new Runs(database.pool());
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> runs.find(run).orElseThrow(), Run::ended);
  }

  private static JdbcTemplate jdbc() {
    return new JdbcTemplate(database.pool());
  }

  /** Lands everything anew, so that the next run applies it with the mappings that run now. */
  private static void forget() {
    jdbc().execute("update source_records set fingerprint = decode(repeat('00', 16), 'hex')");
  }

  private static long count(String from) {
    return jdbc().queryForObject("select count(*) from " + from, Long.class);
  }

  /** What follows {@code reloaded} in the line that says so. */
  private String reloaded() {
    return live.awaitLine(said, line -> line.contains(" reloaded ")).stream()
        .filter(line -> line.contains(" reloaded "))
        .findFirst()
        .map(line -> line.replaceFirst(".* reloaded ", ""))
        .orElseThrow();
  }

  private List<String> refused() {
    List<String> lines = live.awaitLine(said, line -> line.contains("stay as they are"));
    assertThat(live.routes()).as("no edit leaves fewer routes").isEqualTo(routes);
    return lines;
  }

  // --- Good edits -------------------------------------------------------------------------------

  @Test
  void aChangedMapping_mapsTheNextRecordAndReplacesOneRoute() {
    sync();
    long layouts = (long) live.attribute("ticketmaster-layout", "ExchangesTotal");
    assertThat(layouts).isPositive();
    long begun = System.nanoTime();
    live.edit(EVENT, "name: .name | name,", "name: (.name | name + \" (edited)\"),");

    assertThat(reloaded()).startsWith(EVENT + ": 1 route replaced (ticketmaster-event) in");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(live.routes()).isEqualTo(routes);
    assertThat(live.attribute("ticketmaster-event", "ExchangesTotal")).isEqualTo(0L);
    assertThat((long) live.attribute("ticketmaster-layout", "ExchangesTotal"))
        .as("others keep their statistics")
        .isGreaterThanOrEqualTo(layouts);

    forget();
    sync();
    assertThat(count("shows where name like '% (edited)'")).isGreaterThan(10);
  }

  @Test
  void aChangedModule_isCompiledAnewInTheRoutesThatIncludeIt() {
    live.edit(
        "routes/sources/records.jq", "def url:", "def url: \"https://edited.example\"; def url_:");

    assertThat(reloaded())
        .contains("12 routes replaced (bandsintown-artist, bandsintown-event, bandsintown-venue,");
    forget();
    sync();
    assertThat(count("shows where url = 'https://edited.example'")).isGreaterThan(10);
  }

  @Test
  void aChangedStatement_isReadAnewInEveryRouteThatRunsIt() {
    live.edit("routes/sql/mark-records.sql", "else r.attempts end", "else r.attempts + 5 end");

    assertThat(reloaded()).contains("2 routes replaced (bury, store)");
    forget();
    sync();
    assertThat(count("source_records where state = 'applied' and attempts >= 5")).isPositive();
  }

  @Test
  void aChangedSchema_judgesTheNextRecordAndReplacesNoRoute() {
    sync();
    String city =
        jdbc()
            .queryForObject("select city from venues where city is not null limit 1", String.class);
    live.edit(
        "routes/entities/venue.schema.json",
        "\"city\": {",
        "\"city\": {\"not\": {\"const\": \"" + city + "\"}, ");

    assertThat(reloaded()).contains("no route replaced");
    forget();
    sync();
    assertThat(count("source_records where state = 'rejected' and error like '%city%'"))
        .isPositive();
  }

  @Test
  void aNewRoute_isAddedAndLeavesWithItsFile() throws IOException {
    String file = "routes/more/deep/greeting.camel.yaml";
    live.write(
        file,
        """
        # Says that it is there. Flow: timer -> log.
        # Settings: none.
        - route:
            id: greeting
            from:
              uri: scheduler:greeting
              parameters: {delay: 100}
              steps:
                - log: {logName: backline.greeting, message: "here I am"}
        """);

    assertThat(reloaded()).startsWith(file + ": 1 route added (greeting)");
    live.awaitLine(said, line -> line.contains("here I am"));
    assertThat(live.routes()).containsEntry("greeting", "Started").hasSize(routes.size() + 1);

    said = live.said();
    Files.delete(live.file(file));
    assertThat(reloaded()).startsWith(file + ": 1 route removed (greeting)");
    assertThat(live.routes()).isEqualTo(routes);
  }

  @Test
  void aCommentInARouteFile_replacesNoRoute() {
    live.edit(TRANSLATE, text -> text + "# The end.\n");

    assertThat(reloaded()).startsWith(TRANSLATE + ": no route replaced");
    assertThat(live.routes()).isEqualTo(routes);
  }

  @Test
  void tenSavesInASecond_areOneReloadOfTheLast() {
    for (int save = 0; save < 10; save++) {
      String mark = "Starts the job, edited " + save + " times.";
      live.edit(SHOWS, text -> text.replaceFirst("description: .*", "description: " + mark));
    }

    assertThat(reloaded()).startsWith(SHOWS + ": 1 route replaced (upcoming-shows)");
    assertThat(live.attribute("upcoming-shows", "Description"))
        .isEqualTo("Starts the job, edited 9 times.");
    // The next edit is the next reload: there was no other between them.
    int first = live.said();
    live.edit(SHOWS, "edited 9 times", "edited once more");
    live.awaitLine(first, line -> line.contains(" reloaded "));
    assertThat(live.log().stream().skip(said).filter(line -> line.contains(" reloaded ")))
        .hasSize(2);
  }

  @Test
  void aSaveThatRenamesATemporaryFile_isTaken() throws IOException {
    String edited = live.text(SHOWS).replace("Starts the job", "Begins the job");
    live.write("routes/jobs/.upcoming-shows.camel.yaml.swp", "half");
    live.write("routes/jobs/upcoming-shows.camel.yaml~", "half");
    Files.writeString(live.file("new"), edited);
    Files.move(live.file("new"), live.file(SHOWS), StandardCopyOption.ATOMIC_MOVE);

    assertThat(reloaded()).startsWith(SHOWS + ": 1 route replaced (upcoming-shows)");
    assertThat((String) live.attribute("upcoming-shows", "Description")).startsWith("Begins");
    Files.delete(live.file("routes/jobs/.upcoming-shows.camel.yaml.swp"));
    Files.delete(live.file("routes/jobs/upcoming-shows.camel.yaml~"));
  }

  @Test
  void aRouteStoppedByHand_staysStoppedWhenItIsReplaced() {
    live.invoke("sweep", "stop");
    assertThat(live.routes()).containsEntry("sweep", "Stopped");
    live.edit("routes/flow/apply.camel.yaml", "Takes up records", "Picks up records");

    assertThat(reloaded()).contains("1 route replaced (sweep)");
    assertThat((String) live.attribute("sweep", "Description")).startsWith("Picks");
    assertThat(live.routes()).containsEntry("sweep", "Stopped");

    live.invoke("sweep", "start");
    assertThat(live.routes()).isEqualTo(routes);
  }

  // --- Refused edits ----------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // YAML that is none; a word that Camel does not know; an id twice; none
        "routes/flow/translate.camel.yaml | description: Takes | description Takes | :6: .*YAML",
        "routes/flow/translate.camel.yaml | steps: | stepz: | :\\d+: .*stepz",
        "routes/flow/translate.camel.yaml | id: map | id: translate | :\\d+: route id translate is already used in routes/flow/translate.camel.yaml:3",
        "routes/flow/translate.camel.yaml | id: map | idd: map | :\\d+: this route has no id",
        // names of nothing
        "routes/flow/translate.camel.yaml | direct:translate\"} | nowhere:translate\"} | :\\d+: there is no component 'nowhere'",
        "routes/flow/translate.camel.yaml | direct:translate\"} | direct:translate-it\"} | :\\d+: no route begins at direct:translate-it",
        "routes/flow/translate.camel.yaml | ref: landing, method: records | ref: lander, method: records | :\\d+: there is no bean lander",
        "routes/flow/translate.camel.yaml | ref: landing, method: records | ref: landing, method: pass | :\\d+: bean landing has no method pass",
        "routes/flow/translate.camel.yaml | ref: parseRecord | ref: parsRecord | .*parsRecord.*",
        "routes/flow/land.camel.yaml | sql/land-page.sql | sql/land-pages.sql | :\\d+: routes/sql/land-pages.sql does not exist",
        "routes/jobs/upcoming-shows.camel.yaml | {{jobs.upcoming-shows.cron}} | {{jobs.upcoming.cron}} | :9: there is no setting jobs.upcoming.cron",
        "routes/jobs/upcoming-shows.camel.yaml | \"{{jobs.upcoming-shows.cron}}\" | every morning | :3: route upcoming-shows does not start: .*",
        "routes/jobs/upcoming-shows.camel.yaml | stateful: true | statefull: true | :\\d+: there can be no endpoint quartz:upcoming-shows.*statefull",
        "routes/flow/close.camel.yaml | simple: {expression: \"${body}\"} | simpel: {expression: \"${body}\"} | :\\d+: there is no language simpel",
        "routes/flow/close.camel.yaml | ${header.closed} != null | ${header.closed != null | :\\d+: this is no simple expression",
        // mappings, statements, schemas
        "routes/sources/ticketmaster/venue.jq | name: ((.name | name: ((.name) | :\\d+: this is no jq",
        "routes/sources/ticketmaster/venue.jq | city: city, | city: town, | :\\d+: Function town/0 does not exist",
        "routes/sources/ticketmaster/venue.jq | include \"records\" | include \"record\" | :\\d+: there is no module routes/sources/record.jq",
        "routes/sources/records.jq | def number: | def number : : | routes/sources/records.jq:\\d+: this is no jq",
        "routes/sources/ticketmaster/venue.jq | \"venue\", | \"venu\", | : what this makes of its sample breaks its schema: entity",
        "routes/sources/ticketmaster/upcoming-shows.plan.jq | .parameters as $p | .parameters as $q | : this fails without parameters: \\$p is not defined",
        "routes/sql/land-page.sql | from jsonb_to | form jsonb_to | :\\d+: PostgreSQL does not take this: syntax error",
        "routes/sql/close-letters.sql | dead_letters | deadletters | :\\d+: PostgreSQL does not take this: relation \"deadletters\" does not exist",
        "routes/entities/venue.schema.json | \"type\": \"object\" | \"type\": \"objekt\" | :\\d+: this is no JSON Schema",
        "routes/entities/venue.schema.json | \"type\": \"object\" | \"type\": \"object | :\\d+: this is no JSON",
        "routes/entities/venue.schema.json | \"type\": \"object\" | \"type\": \"object\", \"maxProperties\": 1 | routes/sources/ticketmaster/venue.jq: what this makes of its sample breaks its schema",
      })
  void aWrongEdit_isNamedWithFileAndLineAndChangesNothing(
      String file, String from, String to, String expected) {
    live.edit(file, from.trim(), to.trim());

    String line = (expected.startsWith("routes/") ? "" : file) + expected;
    assertThat(refused()).anySatisfy(said -> assertThat(said).containsPattern(line));
    assertThat(live.log().stream().skip(said).filter(one -> one.contains("stay as they are")))
        .singleElement()
        .asString()
        .contains(file);
  }

  @Test
  void aDeletedFile_isMissedAndChangesNothing() throws IOException {
    Files.delete(live.file(EVENT));
    assertThat(refused())
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsPattern("ticketmaster.camel.yaml:\\d+: " + EVENT + " does not exist"));
    said = live.said();
    Files.delete(live.file(TRANSLATE));
    assertThat(refused())
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsPattern("apply.camel.yaml:\\d+: no route begins at direct:translate"));
  }

  @Test
  void severalMistakes_areAllNamed() {
    live.edit(TRANSLATE, "ref: landing, method: records", "ref: lander, method: records");
    live.edit("routes/sql/land-page.sql", "from jsonb_to", "form jsonb_to");
    live.edit("routes/sources/ticketmaster/venue.jq", "city: city,", "city: city");

    assertThat(refused().stream().filter(line -> line.contains("; mend ")))
        .anyMatch(line -> line.contains("lander"))
        .anyMatch(line -> line.contains("\"form\"") || line.contains("jsonb_to"))
        .anyMatch(line -> line.contains("venue.jq:"));
  }

  @Test
  void aSaveThatIsHalfWritten_isRefusedAndTakenWhenItIsWhole() {
    String whole = live.text(SHOWS).replace("Starts the job", "Begins the job");
    live.write(SHOWS, whole.substring(0, whole.indexOf("{{jobs") + 4));
    refused();

    said = live.said();
    live.write(SHOWS, whole);
    assertThat(reloaded()).startsWith(SHOWS + ": 1 route replaced (upcoming-shows)");
    assertThat(live.routes()).isEqualTo(routes);
  }

  @Test
  void anOptionThatFailsOnlyAtTheStart_bringsTheFormerRoutesBack() {
    live.edit(
        "routes/flow/close.camel.yaml", "initialDelay: 100", "initialDelay: 100, poolSize: -1");
    live.edit("routes/flow/apply.camel.yaml", "Takes up records", "Picks up records");

    List<String> lines = live.awaitLine(said, line -> line.contains("the former routes run again"));
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsPattern("close.camel.yaml:3: route close-runs does not start"));
    assertThat(live.routes()).isEqualTo(routes);
    assertThat((String) live.attribute("sweep", "Description")).startsWith("Takes");
    forget();
    assertThat(sync().status()).isEqualTo("completed");

    said = live.said();
    live.edit("routes/flow/close.camel.yaml", ", poolSize: -1", ", poolSize: 2");
    assertThat(reloaded()).contains("2 routes replaced (close-runs, sweep)");
    assertThat(live.routes()).isEqualTo(routes);
  }

  // --- Under load -------------------------------------------------------------------------------

  @Test
  void editsWhileARunWorks_loseNothing() {
    forget();
    List<UUID> all = new ArrayList<>();
    for (int day = 1; day <= 3; day++) {
      Map<String, String> parameters = Map.of("to", "2032-12-0" + day);
      all.add(JobRuns.start(planner, "upcoming-shows", parameters));
    }
    Runs progress = new Runs(database.pool());
    int reloads = 0;
    for (String[] edit :
        new String[][] {
          {EVENT, "# Try it"},
          {TRANSLATE, "description: "},
          {"routes/flow/apply.camel.yaml", "description: "},
          {"routes/flow/page.camel.yaml", "description: "},
          {"routes/sources/ticketmaster/ticketmaster.camel.yaml", "description: "},
          {"routes/sql/claim-records.sql", "-- "},
          {"routes/flow/errors.camel.yaml", "description: "},
        }) {
      for (int n = 0; n < 3; n++) { // However long a reload takes.
        Map<String, String> more =
            Map.of("to", LocalDate.of(2032, 9, 1).plusDays(all.size()).toString());
        all.add(JobRuns.start(planner, "upcoming-shows", more));
      }
      int before = live.said();
      live.edit(edit[0], text -> text.replace(edit[1], edit[1] + "Edited. "));
      live.awaitLine(before, line -> line.contains(" reloaded "));
      reloads += progress.open().isEmpty() ? 0 : 1;
    }
    for (UUID run : all) {
      Run ended = await(run);
      assertThat(ended.status()).as(ended.error()).isEqualTo("completed");
    }
    assertThat(reloads).as("reloads while the runs worked").isGreaterThan(2);
    assertThat(count("dead_letters")).isZero();
    assertThat(count("source_records where state not in ('applied', 'skipped')")).isZero();
    assertThat(count("shows")).isEqualTo(Truth.shows(sandbox).size());
    assertThat(live.routes()).isEqualTo(routes);
  }
}
