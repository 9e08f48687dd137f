package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Overview;
import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping is edited, tried, and run over what is stored. */
class RemapCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Sandbox sandbox;
  private TestNode node;
  private Command command;
  private Path mapping;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 25));
    String database = Postgres.create();
    node = TestNode.start(database, sandbox.ticketmaster(), Map.of());
    node.sync("upcoming-shows");
    node.node().close();
    sandbox.close();
    command = Command.withFilesIn(folder).with("DATABASE_URL", database);
    mapping = command.home().resolve("routes/sources/ticketmaster/venue.jq");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** Adds a step behind the whole mapping of venues. */
  private void edit(String step) throws IOException {
    Files.writeString(mapping, Files.readString(mapping) + "\n| " + step + "\n");
  }

  @Test
  void aDryRun_printsTheRowDiffOfTheEditAndWritesNothing() throws Exception {
    edit("if .name then .name |= ascii_upcase else . end");
    Map<String, String> before = new Overview(node.database().pool()).physical();
    Map<String, Object> venue =
        node.jdbc()
            .queryForMap(
                "select cast(id as text) as id, name, upper(name) as upper, ticketmaster_id from venues"
                    + " where name ~ '^[A-Za-z ]+$' order by id limit 1");

    Outcome dry = command.run("remap", "ticketmaster", "--dry-run", "--limit", "100000");

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains(
            "venues "
                + venue.get("id")
                + " (ticketmaster venue "
                + venue.get("ticketmaster_id")
                + ") "
                + venue.get("upper")
                + ": name: "
                + venue.get("name")
                + " -> "
                + venue.get("upper"))
        .contains("records were tried; nothing was written");
    assertThat(new Overview(node.database().pool()).physical()).isEqualTo(before);
  }

  @Test
  void aDryRun_boundsWhatItPrintsAndCountsAllInJson() throws Exception {
    edit("if .name then .name |= ascii_upcase else . end");

    Outcome dry =
        command.run("remap", "ticketmaster", "--kind", "venue", "--dry-run", "--limit", "2");
    JsonNode json =
        JSON.readTree(
            command
                .run(
                    "remap",
                    "ticketmaster",
                    "--kind",
                    "venue",
                    "--dry-run",
                    "--limit",
                    "2",
                    "--json")
                .out());

    int changed = json.get("tables").get("venues").get("changed").asInt();
    assertThat(changed).isGreaterThan(2);
    assertThat(json.get("rows")).hasSize(2);
    assertThat(dry.out()).contains("… and " + (changed - 2) + " more rows");
  }

  @Test
  void anEditThatLosesRecords_isPartialAndSaysWhich() throws Exception {
    edit("del(.name)");

    Outcome dry = command.run("remap", "ticketmaster", "--kind", "venue", "--dry-run");

    assertThat(dry.exitCode()).isEqualTo(3);
    assertThat(dry.out())
        .contains(": applied -> rejected: required property 'name' not found")
        .contains("records applied -> rejected");
  }

  @Test
  void remap_appliesTheEditToWhatIsStoredWithoutACall() throws Exception {
    edit("if .name then .name |= ascii_upcase else . end");

    Outcome remap = command.run("remap", "ticketmaster");

    assertThat(remap.exitCode()).as(remap.err()).isZero();
    assertThat(remap.out()).contains("remap completed: ");
    assertThat(node.count("venues where name ~ '[a-z]' and name ~ '^[A-Za-z ]+$'")).isZero();
    assertThat(node.count("source_records where state = 'landed'")).isZero();
  }

  @Test
  void whatDoesNotExist_isWrongUsageInOneLine() {
    assertThat(command.run("remap", "tiketmaster"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "backline: there is no source 'tiketmaster'; the sources are bandsintown, setlistfm, spotify, ticketmaster\n"));
    Outcome kind = command.run("remap", "ticketmaster", "--kind", "song");
    assertThat(kind.exitCode()).isEqualTo(2);
    assertThat(kind.said())
        .isEqualTo(
            List.of(
                "backline: there is no mapping routes/sources/ticketmaster/song.jq for kind 'song';"
                    + " the kinds of ticketmaster are attraction, event, venue"));
    assertThat(command.run("remap").exitCode()).isEqualTo(2);
  }
}
