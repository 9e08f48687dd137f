package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A job is declared in the settings, runs once at a time, and its end is logged (S102, S145). */
class JobsTest {
  @Test
  void jobThatIsStartedWhileItsRunIsOpen_isThatRunAndIsLoggedOnce() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(4, 40));
        TestNode node = TestNode.start(sandbox.ticketmaster())) {
      UUID first = node.begin("upcoming-shows");
      UUID second = node.begin("upcoming-shows");
      UUID other = node.begin("upcoming-shows", "country=DE");

      assertThat(second).isEqualTo(first);
      assertThat(other).isNotEqualTo(first);
      assertThat(node.await(first).status()).isEqualTo("completed");
      assertThat(node.await(other).status()).isEqualTo("completed");
      Map<String, Object> log =
          node.jdbc()
              .queryForMap(
                  "select job_name, status, result ->> 'run' as run from cron_logs"
                      + " where result ->> 'run' = ?",
                  first.toString());
      assertThat(log)
          .containsEntry("job_name", "upcoming-shows")
          .containsEntry("status", "success");
      assertThat(node.count("cron_logs")).isEqualTo(2);
      assertThat(node.begin("upcoming-shows")).as("after its end").isNotEqualTo(first);
    }
  }
}
