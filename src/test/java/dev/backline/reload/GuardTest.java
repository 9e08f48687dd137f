package dev.backline.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Database;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import dev.backline.testkit.Command;
import dev.backline.testkit.LiveNode;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Edits that all checks pass and that mean the wrong thing, in a node that works. */
class GuardTest {
  private static final String EVENT = "routes/sources/ticketmaster/event.jq";
  private static final String APPLY = "routes/flow/apply.camel.yaml";

  /** Shows of the first run are before it; those of the next ones are later. */
  private static final LocalDate LATER = LocalDate.parse("2027-02-01");

  @TempDir static Path folder;
  private static Sandbox sandbox;
  private static Database database;
  private static Node planner;
  private static LiveNode live;
  private static Map<String, String> environment;
  private static int runs;

  private Map<String, String> routes;
  private int said;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 400));
    String url = Postgres.create();
    Settings settings =
        TestNode.settings(url, sandbox.ticketmaster(), Map.of("ticketmaster.page-size", "20"));
    database = Database.open(settings);
    planner = Node.start(settings, database, Node.Mode.IDLE);
    environment = LiveNode.environment(url, sandbox.ticketmaster());
    environment.put("GUARD_WATCH_SECONDS", "12");
    live = LiveNode.start(folder, environment);
    sync(LATER.minusMonths(2), LATER.minusDays(1));
    assertThat(count("shows where url is not null")).isGreaterThan(20);
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    live.stop(30);
    Files.write(Path.of("target", "guard.log"), live.log()); // To read what a failure was.
    live.close();
    planner.close();
    database.close();
    sandbox.close();
  }

  @BeforeEach
  void look() {
    routes = live.routes();
    said = live.said();
  }

  @AfterEach
  void putBack() throws IOException {
    int before = live.said();
    boolean differs = false;
    for (Path original : RouteSet.list(Path.of("routes"))) {
      Path mine = folder.resolve(original.toString());
      if (Files.mismatch(original, mine) >= 0) {
        Files.copy(original, mine, StandardCopyOption.REPLACE_EXISTING);
        differs = true;
      }
    }
    if (differs) {
      live.awaitLine(before, line -> line.contains("reloaded") || line.contains("again what runs"));
    }
    assertThat(live.routes()).as("no edit leaves fewer routes").isEqualTo(routes);
  }

  // --- What it is asked -------------------------------------------------------------------------

  private static void sync(LocalDate from, LocalDate to) {
    var run =
        JobRuns.start(
            planner,
            "upcoming-shows",
            Map.of("from", String.valueOf(from), "to", String.valueOf(to)));
    Run ended =
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> new Runs(database.pool()).find(run).orElseThrow(), Run::ended);
    assertThat(ended.fetched()).as(ended.toString()).isGreaterThan(10);
  }

  /** Lands what has landed before once more, as changed; never twice the same window. */
  private static void syncAgain() {
    jdbc().execute("update source_records set fingerprint = decode(repeat('00', 16), 'hex')");
    sync(LATER.minusMonths(2).minusDays(++runs), LATER.minusDays(1));
  }

  private static JdbcTemplate jdbc() {
    return new JdbcTemplate(database.pool());
  }

  private static long count(String from) {
    return jdbc().queryForObject("select count(*) from " + from, Long.class);
  }

  private String line(String holds) {
    return live.awaitLine(said, line -> line.contains(holds)).stream()
        .filter(line -> line.contains(holds))
        .findFirst()
        .orElseThrow();
  }

  private static void nullTheUrl() {
    live.edit(EVENT, "url: .url | url", "url: null");
  }

  // --- Before it is taken -----------------------------------------------------------------------

  @Test
  void aMappingThatNullsAField_isRefusedBeforeItIsInForce() {
    long urls = count("shows where url is not null");
    nullTheUrl();

    assertThat(line("stay as they are")).contains("not reloaded: " + EVENT);
    assertThat(line("dry run of ticketmaster event"))
        .containsPattern("url becomes null in (\\d+) of \\1;")
        .containsPattern("rows of shows \\d+ change \\(url \\d+\\)");
    assertThat(line("ERROR"))
        .contains(EVENT + ": url becomes null in ")
        .contains("or say that it is meant: the words 'guard: url may become null'");
    assertThat(count("shows where url is not null")).as("nothing is written").isEqualTo(urls);
  }

  @Test
  void aFieldThatIsSaidToBecomeNull_isTakenAndStandsItsWatch() {
    live.edit(
        EVENT,
        "url: .url | url",
        "url: null # guard: url may become null, it is kept elsewhere\n    ");

    assertThat(line(" reloaded ")).contains("1 route replaced (ticketmaster-event)");
    syncAgain();
    assertThat(line("has stood")).contains("the edit of " + EVENT).doesNotContain(" 0 new records");
    assertThat(count("shows where url is null")).isGreaterThan(10);

    // What was meant then is not meant for ever: the same words allow no further edit.
    said = live.said();
    live.edit(EVENT, text -> text.replaceAll("url: null.*", "url: .url | url"));
    live.edit(EVENT, "include \"records\";", "# guard: url may become null\ninclude \"records\";");
    line("has stood");
    said = live.said();
    syncAgain();
    nullTheUrl();
    assertThat(line("stay as they are")).contains(EVENT);
    assertThat(count("shows where url is null")).isZero();
  }

  @Test
  void aSchemaThatRejectsWhatWasApplied_isRefused() {
    String cities =
        jdbc()
            .queryForObject(
                "select string_agg(distinct '\"' || city || '\"', ',') from venues where city like '%e%'",
                String.class);
    live.edit(
        "routes/entities/venue.schema.json",
        "\"city\": {",
        "\"city\": {\"not\": {\"enum\": [" + cities + "]}, ");

    assertThat(line("stay as they are")).contains("routes/entities/venue.schema.json");
    assertThat(line("ERROR"))
        .contains("ticketmaster venue records tried are applied no more")
        .contains(" rejected, such as venue ")
        .contains("'guard: records may be lost'");
  }

  @Test
  void aStatementThatWritesNull_isRefused() {
    live.edit(
        "routes/sql/upsert-shows.sql",
        "coalesce(gone.status, r.status), r.url,",
        "coalesce(gone.status, r.status), cast(null as text),");

    line("stay as they are");
    assertThat(line("ERROR"))
        .contains("routes/sql/upsert-shows.sql: url becomes null in ")
        .contains(" rows of shows that ticketmaster event writes");
    assertThat(count("shows where url is not null")).isPositive();
  }

  @Test
  void aStatementThatFails_isRefused() {
    live.edit(
        "routes/sql/upsert-shows.sql",
        "coalesce(gone.status, r.status), r.url,",
        "coalesce(gone.status, r.status), cast(1 / (length(r.url) - length(r.url)) as text),");

    line("stay as they are");
    assertThat(line("ERROR"))
        .contains("ticketmaster event records tried are applied no more")
        .contains("dead, such as event ")
        .contains("division by zero");
    assertThat(count("source_records where state = 'dead'")).isZero();
    assertThat(count("dead_letters")).isZero();
  }

  @Test
  void aGoodEdit_isKeptWithItsDifferencesInTheLog() {
    long shows = count("shows where name like '% (live)'");
    live.edit(EVENT, "name: .name | name,", "name: (.name | name + \" (live)\"),");

    line(" reloaded ");
    assertThat(line("dry run of ticketmaster event"))
        .containsPattern(
            "event, (\\d+) records: \\d+ change \\(name \\d+\\); of \\d+ rows of shows")
        .doesNotContain("becomes null");
    assertThat(count("shows where name like '% (live)'")).isEqualTo(shows);
    assertThat(line("has stood")).contains(EVENT);
  }

  @Test
  void anEditThatCannotBeTried_waitsUntilItCan() throws Exception {
    try (Connection other = database.pool().getConnection();
        Statement lock = other.createStatement()) {
      lock.execute("select pg_advisory_lock(hashtext('backline apply'))");
      try {
        live.edit(EVENT, "name: .name | name,", "name: (.name | name + \" (late)\"),");

        assertThat(line("the dry run cannot use the database"))
            .contains("lock timeout; the edit is tried again until it succeeds");
        assertThat(live.log().stream().skip(said)).noneMatch(line -> line.contains(" reloaded "));
      } finally {
        lock.execute("select pg_advisory_unlock(hashtext('backline apply'))");
      }
    }
    assertThat(line(" reloaded ")).contains(EVENT);
  }

  // --- After it was taken -----------------------------------------------------------------------

  @Test
  void anEditThatTurnsBadOnNewRecords_isTakenBackAndTheyAreAppliedAgain() {
    live.edit(
        EVENT,
        "url: .url | url",
        "url: (if ($dates.start.localDate // \"\") >= \""
            + LATER
            + "\" then null else .url | url end)");
    assertThat(line(" reloaded ")).contains("ticketmaster-event");

    sync(LATER, LATER.plusMonths(3));
    assertThat(line("taken back after"))
        .contains(EVENT)
        .contains("url becomes null in ")
        .contains("the former routes run again")
        .containsPattern("[1-9]\\d* records that have landed since are applied again")
        .contains("the folder differs from what runs");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> count("source_records where state = 'landed'") == 0);
    assertThat(count("shows where local_date >= '" + LATER + "'")).isGreaterThan(10);
    assertThat(count("shows where url is null and local_date >= '" + LATER + "'")).isZero();
    assertThat(live.text(EVENT)).as("the folder is not touched").contains("then null");

    said = live.said();
    live.edit(EVENT, text -> text + "\n");
    line("stay as they are"); // Tried on what has landed since, too.
    said = live.said();
    live.edit(EVENT, text -> text.substring(0, text.length() - 1));
    assertThat(line("not reloaded")).contains("it was taken back as it is");
  }

  @Test
  void aReplacedRouteThatFails_isTakenBack() {
    live.edit(
        APPLY,
        "steps:\n        - setProperty: {name: CamelSchedulerPolledMessages",
        "steps:\n        - throwException: {exceptionType: java.lang.IllegalStateException, message: no}\n"
            + "        - setProperty: {name: CamelSchedulerPolledMessages");
    line(" reloaded ");

    assertThat(line("taken back after"))
        .contains(APPLY)
        .containsPattern("route sweep fails in \\d+ of \\d+ exchanges");
  }

  @Test
  void aReplacedRouteThatStops_isTakenBack() {
    live.edit(APPLY, "Takes up records", "Picks up records");
    line(" reloaded ");
    live.invoke("sweep", "stop");

    assertThat(line("taken back after")).contains("route sweep is Stopped");
    assertThat((String) live.attribute("sweep", "Description")).startsWith("Takes");
    live.invoke("sweep", "start");
  }

  // --- Before a deploy --------------------------------------------------------------------------

  @Test
  void check_triesTheFilesOnWhatIsStoredAndSaysTheSame(@TempDir Path mine) throws Exception {
    Command command = Command.withFilesIn(mine);
    environment.forEach(command::with);
    Path event = command.home().resolve(EVENT);
    syncAgain();

    Command.Outcome good = command.run("check");
    assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
    assertThat(good.out()).containsPattern("ok: dry run of ticketmaster event, \\d+ records: ");

    Files.writeString(event, Files.readString(event).replace("url: .url | url", "url: null"));
    Command.Outcome bad = command.run("check");
    assertThat(bad.exitCode()).as(bad.out() + bad.err()).isEqualTo(1);
    assertThat(bad.out())
        .contains("error: " + EVENT + ": url becomes null in ")
        .contains("not ready")
        .doesNotContainPattern("ok: dry run of ticketmaster event")
        .containsPattern("warning: dry run of ticketmaster event, .* - see the error");
    assertThat(count("shows where url is not null")).as("nothing is written").isPositive();

    Files.writeString(event, Files.readString(event) + "# guard: url may become null\n");
    Command.Outcome meant = command.run("check");
    assertThat(meant.exitCode()).as(meant.out() + meant.err()).isZero();
  }
}
