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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An edit is tried on records that meet those of another source: these are translated by routes
 * that the edit does not touch.
 */
class GuardOfTwoSourcesTest {
  private static final String VENUE = "routes/sources/ticketmaster/venue.jq";

  @TempDir Path folder;

  @Test
  void anEditIsJudgedWhereRecordsOfTwoSourcesMeet() throws Exception {
    String url = Postgres.create();
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(7, 60))) {
      Map<String, String> both = new HashMap<>(sandbox.settings());
      both.keySet().removeIf(key -> key.startsWith("spotify") || key.startsWith("setlistfm"));
      Settings settings = TestNode.settings(url, sandbox.ticketmaster(), both);
      Map<String, String> environment = LiveNode.environment(url, sandbox.ticketmaster());
      both.forEach((key, value) -> environment.put(Settings.variable(key), value));
      try (Database database = Database.open(settings);
          Node planner = Node.start(settings, database, Node.Mode.IDLE);
          LiveNode live = LiveNode.start(folder, environment)) {
        sync(planner, database);
        sync(planner, database); // Bandsintown is asked about artists that are known.
        assertThat(shared(database)).as("venues of two sources").isGreaterThan(3);

        Guard.Report untouched = Node.dryRun(settings, database);
        assertThat(untouched.problems()).isEmpty();
        assertThat(untouched.lines())
            .as("what has landed is settled: applied again it says the same")
            .hasSizeGreaterThan(4)
            .allMatch(line -> line.endsWith(": nothing changes"));

        int said = live.said();
        live.edit(VENUE, "address: street,", "address: null,");
        List<String> lines = live.awaitLine(said, line -> line.contains("stay as they are"));

        assertThat(lines)
            .as("each record is tried, also one that meets another source's")
            .anyMatch(
                line ->
                    line.matches(".*dry run of ticketmaster venue, (\\d+) records: \\1 change.*"))
            .anyMatch(line -> line.contains(VENUE + ": address becomes null in "));
        assertThat(live.stop(30)).isTrue();

        JdbcTemplate jdbc = new JdbcTemplate(database.pool());
        jdbc.update("update venues set sync_status = 'error', last_sync_error = 'it failed'");
        jdbc.update(
            "update source_records set state = 'dead', error = 'it failed' where source = 'bandsintown'");
        assertThat(Node.dryRun(settings, database).problems())
            .as("no file is to blame for what failed records have told and no trial hears again")
            .isEmpty();
      }
    }
  }

  private static long shared(Database database) {
    return new JdbcTemplate(database.pool())
        .queryForObject(
            "select count(*) from (select entity_id from source_links where entity_kind = 'venue'"
                + " group by 1 having count(distinct source) > 1) both_know",
            Long.class);
  }

  private static void sync(Node planner, Database database) throws IOException {
    var run = JobRuns.start(planner, "upcoming-shows", Map.of());
    Run ended =
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> new Runs(database.pool()).find(run).orElseThrow(), Run::ended);
    assertThat(ended.dead()).isZero();
  }
}
