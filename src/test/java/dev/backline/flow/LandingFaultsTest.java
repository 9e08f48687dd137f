package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A page that the database does not take goes back to the plan at once, as one that failed (S45).
 */
class LandingFaultsTest {
  private Sandbox sandbox;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(12, 30));
    node = TestNode.start(sandbox.ticketmaster());
    node.jdbc()
        .execute("alter table source_pages add constraint no_page_is_taken check (page < 0)");
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  @Test
  void pageThatIsNeverTaken_endsAsADeadLetterAndNothingOfItStays() {
    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.error()).contains("no_page_is_taken");
    assertThat(node.count("dead_letters where record_kind = 'request' and state = 'open'"))
        .isEqualTo(3);
    assertThat(node.count("source_records")).isZero();
  }

  @Test
  void pageThatIsTakenTheNextTime_costsNothing() {
    UUID run = node.begin("upcoming-shows");
    Awaitility.await().until(() -> node.count("sync_requests where attempts = 1") > 0);

    node.jdbc().execute("alter table source_pages drop constraint no_page_is_taken");

    assertThat(node.await(run).status()).isEqualTo("completed");
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
  }
}
