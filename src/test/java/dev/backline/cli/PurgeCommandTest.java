package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed for good is asked for first. */
class PurgeCommandTest {
  @TempDir Path folder;

  @Test
  void purgeAndRemove_askFirstAndSayWhatWent() throws Exception {
    String database = Postgres.create();
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(31, 4));
        TestNode node = TestNode.start(database, sandbox.ticketmaster(), Map.of())) {
      node.sync("upcoming-shows");
      node.awaitNoneLanded();
      node.node().close();
      Command command =
          Command.in(folder)
              .with("DATABASE_URL", database)
              .with("TICKETMASTER_BASE_URL", "http://127.0.0.1:9/")
              .with("APPLY_CLOSE_DELAY", "50");
      long records = node.count("source_records");
      String event =
          node.jdbc()
              .queryForObject(
                  "select min(source_id) from source_records where record_kind = 'event'",
                  String.class);

      Outcome unsure = command.run("no\n", new String[] {"purge", "ticketmaster"});
      Outcome unknown = command.run("purge", "nobody", "--yes");
      Outcome notRemoved =
          command.run("", new String[] {"records", "remove", "ticketmaster", "event", event});
      assertThat(unsure.exitCode()).isEqualTo(2);
      assertThat(unsure.out()).contains("records of ticketmaster", "votes of users on these shows");
      assertThat(unsure.said()).singleElement().asString().contains("nothing was removed");
      assertThat(unknown.exitCode()).isEqualTo(2);
      assertThat(notRemoved.exitCode()).isEqualTo(2);
      assertThat(node.count("source_records")).isEqualTo(records);

      Outcome removed = command.run("records", "remove", "ticketmaster", "event", event, "--yes");
      assertThat(removed.exitCode()).as(removed.err()).isZero();
      assertThat(removed.out())
          .contains("ticketmaster event " + event + " is removed and stays out");
      assertThat(node.count("source_records")).isEqualTo(records - 1);

      Outcome purged = command.run("ticketmaster\n", new String[] {"purge", "ticketmaster"});
      assertThat(purged.exitCode()).as(purged.err()).isZero();
      assertThat(purged.out()).contains("ticketmaster: " + (records - 1) + " records, ");
      assertThat(node.count("source_records")).isZero();
      assertThat(node.count("shows") + node.count("artists") + node.count("venues")).isZero();
      assertThat(node.count("removed_records")).isEqualTo(1);
      assertThat(command.run("purge", "ticketmaster", "--yes", "--json").out())
          .as("a second time")
          .contains("\"records\" : 0");
    }
  }
}
