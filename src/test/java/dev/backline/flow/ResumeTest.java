package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A run that outlives the node that began it (S33). */
class ResumeTest {
  private static final String PAGES =
      "select run_id || ' ' || request_n || ' ' || page || ' ' || fetched_at from source_pages"
          + " where record_kind = 'event' order by 1";

  @Test
  void aRunThatIsStoppedInItsMidst_goesOnAtItsCursor() throws IOException {
    String database = Postgres.create();
    Map<String, String> slow =
        Map.of("ticketmaster.rate-limit-per-second", "20", "ticketmaster.page-size", "25");
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(5, 60))) {
      UUID id;
      List<String> before;
      try (TestNode first = TestNode.start(database, sandbox.ticketmaster(), slow)) {
        id = first.begin("upcoming-shows");
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> first.count("sync_requests where pages >= 3 and cursor is not null") == 1);
        assertThat(
                first
                    .jdbc()
                    .queryForList(
                        "select lease_owner from sync_requests where state = 'running'",
                        String.class))
            .as("a claim names its node")
            .allMatch(first.node().name()::equals);
        first.node().close();
        before = first.jdbc().queryForList(PAGES, String.class);
        assertThat(new Runs(first.database().pool()).find(id).orElseThrow().ended()).isFalse();
        assertThat(sandbox.ledger().calls()).isEqualTo(before.size());
      }

      try (TestNode second = TestNode.start(database, sandbox.ticketmaster(), slow)) {
        Run run = second.await(id);

        assertThat(run.status()).as(run.toString()).isEqualTo("completed");
        assertThat(run.balanced()).isTrue();
        List<String> after = second.jdbc().queryForList(PAGES, String.class);
        assertThat(after).containsAll(before).hasSizeGreaterThan(before.size());
        assertThat(sandbox.ledger().calls())
            .as("no page was fetched twice")
            .isEqualTo(after.size());
        assertThat(second.count("shows")).isEqualTo(Truth.shows(sandbox).size());
      }
    }
  }
}
