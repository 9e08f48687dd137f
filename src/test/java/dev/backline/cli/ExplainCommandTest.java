package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.PaperLighthouse;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One show that three sources know, explained; and values that a person sets. */
class ExplainCommandTest {
  @TempDir private static Path folder;

  private static TestNode node;
  private static Command command;

  @BeforeAll
  static void start() throws IOException {
    String database = Postgres.create();
    node = TestNode.start(database, URI.create("http://127.0.0.1:9"), Map.of());
    PaperLighthouse.land(node);
    command = Command.in(folder).with("DATABASE_URL", database);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String explain(String... words) {
    String[] line = new String[words.length + 1];
    line[0] = "explain";
    System.arraycopy(words, 0, line, 1, words.length);
    Outcome outcome = command.run(line);
    System.out.println(outcome.out());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @Test
  void look() {
    explain("show", "ticketmaster:" + PaperLighthouse.EVENT);
    explain("artist", "setlistfm:" + PaperLighthouse.MBID);
    explain("venue", "ticketmaster:KovZexample9");
  }
}
