package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
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
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  @Test
  void pageThatIsNeverTaken_endsAsADeadLetterAndNothingOfItStays() {
    node.jdbc()
        .execute("alter table source_pages add constraint no_page_is_taken check (page < 0)");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.error()).contains("no_page_is_taken");
    assertThat(node.count("dead_letters where record_kind = 'request' and state = 'open'"))
        .isEqualTo(3);
    assertThat(node.count("source_records")).isZero();
  }

  @Test
  void pageThatIsTakenTheNextTime_costsNothing() {
    // A sequence keeps counting when the transaction around it is rolled back: the first two
    // pages that come are refused, whenever that is, and all after them taken.
    node.jdbc().execute("create sequence pages_that_came");
    node.jdbc()
        .execute(
            """
            create function refuse_the_first_two() returns trigger language plpgsql as $$
            begin
              if nextval('pages_that_came') <= 2 then
                raise exception 'this page is not taken';
              end if;
              return new;
            end $$""");
    node.jdbc()
        .execute(
            "create trigger refuse_the_first_two before insert on source_pages"
                + " for each row execute function refuse_the_first_two()");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("completed");
    assertThat(node.count("pages_that_came where last_value > 2")).isOne();
    assertThat(node.count("dead_letters")).isZero();
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
  }
}
