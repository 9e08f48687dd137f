package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What leaves the process, as the simulated API counts it (S16). */
class RateLimitTest {
  private static final int LIMIT = 5;

  @Test
  void callsInAnySecond_stayWithinTheLimit() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(3, 60));
        TestNode node =
            TestNode.start(
                Postgres.create(),
                sandbox.ticketmaster(),
                Map.of(
                    "ticketmaster.rate-limit-per-second",
                    String.valueOf(LIMIT),
                    "ticketmaster.page-size",
                    "40"))) {
      node.sync("upcoming-shows", "country=DE"); // the first call of a process is a slow one
      sandbox.ledger().reset();

      Run run = node.sync("upcoming-shows");

      assertThat(run.status()).isEqualTo("completed");
      assertThat(sandbox.ledger().calls()).isGreaterThan(2 * LIMIT);
      assertThat(sandbox.ledger().callsPerSecondMax()).isBetween(1, LIMIT);
    }
  }
}
