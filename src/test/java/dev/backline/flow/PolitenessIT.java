package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.selftest.Child;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Limits that outlive the process: killed with -9 in the middle of a second and started again, it
 * never calls more often than it may, as the simulated API counts it (S16, S118).
 */
class PolitenessIT {
  private static final int PER_SECOND = 5;
  private static final int PER_DAY = 24;

  /** A tenth of the day is kept for what is asked for on demand ({@code quota.reserve-percent}). */
  private static final int FOR_JOBS = 21;

  private static final int CALLS_IN_A_LIFE = 5;
  private static final int LIVES = 6;

  @TempDir private Path folder;

  @Test
  void killedInTheMiddleOfASecond_neverCallsMoreThanAllowedInAnySecondOrDay() throws Exception {
    Map<String, String> limits =
        Map.of(
            "TICKETMASTER_RATE_LIMIT_PER_SECOND", String.valueOf(PER_SECOND),
            "TICKETMASTER_RATE_LIMIT_PER_DAY", String.valueOf(PER_DAY),
            "TICKETMASTER_PAGE_SIZE", "10");
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(5, 60))) {
      for (int life = 1; life <= LIVES; life++) {
        long target = Math.min(FOR_JOBS, sandbox.ledger().calls() + CALLS_IN_A_LIFE);
        try (Child child = Child.start(folder, sandbox.ticketmaster(), life, limits)) {
          for (int look = 0; look < 4000 && sandbox.ledger().calls() < target; look++) {
            if (child.await(5, TimeUnit.MILLISECONDS)) {
              break;
            }
          }
          child.kill();
        }
      }

      // A call that was counted and not made when the process died is not made up for.
      assertThat(sandbox.ledger().calls()).isBetween((long) FOR_JOBS - LIVES, (long) FOR_JOBS);
      assertThat(sandbox.ledger().callsPerSecondMax()).isBetween(2, PER_SECOND);
    }
  }
}
