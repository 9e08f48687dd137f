package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.jobs.StoredRuns;
import dev.backline.land.Zstd;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Database;
import dev.backline.store.Letters;
import dev.backline.store.Run;
import dev.backline.testkit.LiveNode;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Thousands of letters are replayed in one go: page by page, beside live runs, through a crash. */
class ReplayAtSizeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LETTERS = 3_000;
  private static final String CAUSE = "map: mended";

  @TempDir Path folder;

  private final String database = Postgres.create();
  private Sandbox sandbox;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 10));
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private TestNode node() {
    return TestNode.start(
        database,
        sandbox.ticketmaster(),
        Map.of("apply.sweep-records", "50", "ticketmaster.page-size", "20"));
  }

  /** Dead attractions that are well again, each with its letter. */
  private static UUID replay(TestNode node) throws IOException {
    ObjectNode attraction =
        (ObjectNode)
            JSON.readTree(Path.of("routes/sources/ticketmaster/attraction.sample.json").toFile());
    attraction.remove("externalLinks"); // Or they are all one artist.
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < LETTERS; i++) {
      attraction.put("id", "dead" + i).put("name", "Band number " + i);
      rows.add(
          new Object[] {"dead" + i, "dead" + i, Zstd.compress(attraction.toString().getBytes())});
    }
    node.jdbc()
        .batchUpdate(
            "insert into source_records (source, record_kind, source_id, fingerprint, raw, state, error)"
                + " values ('ticketmaster', 'attraction', ?, decode(md5(?), 'hex'), ?, 'dead', 'x')",
            rows);
    node.jdbc()
        .update(
            "insert into dead_letters (route, source, record_kind, source_id, cause, error)"
                + " select 'r', source, record_kind, source_id, ?, 'e' from source_records where state = 'dead'",
            CAUSE);
    Map<String, Long> records =
        new Letters(node.database().pool()).records(new Letters.Selection(null, CAUSE));
    assertThat(records).isEqualTo(Map.of("ticketmaster", (long) LETTERS));
    return StoredRuns.replay(node.node(), null, CAUSE, records).run();
  }

  private static void assertReplayedOnce(TestNode node, Run run) {
    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(run.balanced()).isTrue();
    assertThat(run.fetched()).isEqualTo(LETTERS);
    assertThat(node.count("dead_letters where state = 'replayed' and attempts = 1"))
        .isEqualTo(LETTERS);
    assertThat(node.count("artists where ticketmaster_id like 'dead%'")).isEqualTo(LETTERS);
  }

  @Test
  void liveRun_goesOnBesideAReplay() throws IOException {
    try (TestNode node = node()) {
      UUID replay = replay(node);
      UUID live = node.begin("upcoming-shows");

      assertThat(node.await(live).status()).isEqualTo("completed");
      assertReplayedOnce(node, node.await(replay));
      assertThat(
              node.jdbc()
                  .queryForList("select job from sync_jobs order by completed_at", String.class))
          .as("the live run, begun later, has ended first")
          .containsExactly("upcoming-shows", "replay");
    }
  }

  @Test
  void replayThatIsKilledHalfWay_goesOnAndAppliesEachRecordOnce() throws Exception {
    UUID replay;
    try (TestNode node = node()) {
      replay = replay(node);
    }
    Map<String, String> environment = LiveNode.environment(database, sandbox.ticketmaster());
    environment.put("APPLY_SWEEP_RECORDS", "50");
    environment.put("BACKLINE_HTTP_PORT", "0");
    environment.put("BACKLINE_MANAGEMENT_PORT", "0");
    String open = "dead_letters where state = 'open'";
    try (Database looking =
        Database.open(TestNode.settings(database, sandbox.ticketmaster(), Map.of()))) {
      JdbcTemplate jdbc = new JdbcTemplate(looking.pool());
      long before = jdbc.queryForObject("select count(*) from " + open, Long.class);
      assertThat(before).as("not all is done yet").isGreaterThan(1_000);
      LiveNode killed = LiveNode.start(folder, environment);
      try {
        Awaitility.await()
            .pollInterval(Duration.ofMillis(5))
            .atMost(Duration.ofSeconds(60))
            .until(() -> jdbc.queryForObject("select count(*) from " + open, Long.class) < before);
      } finally {
        killed.close(); // kill -9
      }
      assertThat(jdbc.queryForObject("select count(*) from " + open, Long.class)).isPositive();
    }
    try (TestNode node = node()) {
      assertReplayedOnce(node, node.await(replay));
      Map<String, Long> none =
          new Letters(node.database().pool()).records(new Letters.Selection(null, CAUSE));
      assertThat(none).as("nothing is left to replay").isEmpty();
    }
  }
}
