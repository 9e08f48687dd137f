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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  private static final String TICKETMASTER = "routes/sources/ticketmaster/ticketmaster.camel.yaml";
  private static final String EVENT = "routes/sources/ticketmaster/event.jq";
  private static final String SOUND =
      "{name: record, expression: {simple: {expression: \"${body}\"}}}";

  @TempDir static Path folder;
  private static Sandbox sandbox;
  private static Database database;
  private static Node planner;
  private static LiveNode live;
  private static int changed;

  private Map<String, String> routes;
  private int said;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 60));
    String url = Postgres.create();
    Settings settings =
        TestNode.settings(url, sandbox.ticketmaster(), Map.of("ticketmaster.page-size", "20"));
    database = Database.open(settings);
    planner = Node.start(settings, database, Node.Mode.IDLE);
    live = LiveNode.start(folder, LiveNode.environment(url, sandbox.ticketmaster()));
  }

  @AfterAll
  static void stop() {
    live.close();
    planner.close();
    database.close();
    sandbox.close();
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
      live.awaitLine(
          before, line -> line.contains("reloaded") || line.contains("again as it runs"));
    }
  }

  // --- What it is asked -------------------------------------------------------------------------

  private static Run sync() {
    return await(begin());
  }

  /** A run of its own, whatever ran before: every one has other dates. */
  private static UUID begin() {
    changed++;
    String to = "2032-12-" + (10 + changed);
    return JobRuns.start(planner, "upcoming-shows", Map.of("to", to));
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
    jdbc().execute("update source_records set fingerprint = 'x'");
  }

  private List<String> reloaded() {
    return live.awaitLine(said, line -> line.contains("reloaded "));
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

    assertThat(reloaded())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("reloaded " + EVENT + ": 1 route replaced (ticketmaster-event) in"));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(live.routes()).isEqualTo(routes);
    assertThat(live.attribute("ticketmaster-event", "ExchangesTotal")).isEqualTo(0L);
    assertThat((long) live.attribute("ticketmaster-layout", "ExchangesTotal"))
        .as("others keep their statistics")
        .isGreaterThanOrEqualTo(layouts);

    forget();
    sync();
    assertThat(count("shows where name like '% (edited)'")).isEqualTo(count("shows")).isPositive();
  }

  private static long count(String from) {
    return jdbc().queryForObject("select count(*) from " + from, Long.class);
  }

  @Test
  void aChangedModule_isCompiledAnewAndReplacesTheRoutesThatIncludeIt() {
    live.edit(
        "routes/sources/records.jq",
        "def text($max):\n  [name |",
        "def text($max):\n  [name | if . == null then . else \"module \" + . end |");

    assertThat(reloaded())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("3 routes replaced")
                    .contains("ticketmaster-attraction, ticketmaster-event, ticketmaster-venue"));
    forget();
    sync();
    assertThat(count("venues where city like 'module %'")).isPositive();
  }

  @Test
  void aChangedStatement_isReadAnewInEveryRouteThatRunsIt() {
    live.edit(
        "routes/sql/mark-records.sql",
        "set state = n.state,",
        "set attempts = 7, state = n.state,".replace("attempts = 7, ", ""));
    putStatementBack();
    live.edit(
        "routes/sql/upsert-venues.sql",
        text -> text.replace("order by r.id", "order by r.id desc"));
    assertThat(reloaded())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("routes/sql/upsert-venues.sql: 1 route replaced (store)"));
  }

  private void putStatementBack() {}

  @Test
  void aChangedSchema_judgesTheNextRecordAndReplacesNoRoute() {
    live.edit(
        "routes/entities/venue.schema.json",
        "\"type\": \"object\"",
        "\"type\": \"object\", \"maxProperties\": 1");

    refused();
  }

  // --- Refused edits ----------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "routes/flow/translate.camel.yaml | steps: | stepz | x",
      })
  void nothing(String file, String from, String to, String expected) {}

  // --- Under load -------------------------------------------------------------------------------

  @Test
  void editsWhileARunWorks_loseNothing() {
    forget();
    UUID run = begin();
    Map<String, String> edits = new TreeMap<>();
    edits.put(EVENT, "# Ticketmaster event");
    for (int round = 0; round < 5; round++) {
      int before = live.said();
      String mark = "x" + round;
      live.edit(EVENT, text -> text + "\n# " + mark);
      live.edit("routes/sql/claim-records.sql", text -> text + "\n-- " + mark);
      live.edit("routes/sql/land-page.sql", text -> text + "\n-- " + mark);
      live.awaitLine(before, line -> line.contains("reloaded "));
    }
    Run ended = await(run);
    assertThat(ended.status()).as(ended.error()).isEqualTo("completed");
    assertThat(count("dead_letters")).isZero();
    assertThat(count("shows")).isEqualTo(Truth.shows(sandbox).size());
  }
}
