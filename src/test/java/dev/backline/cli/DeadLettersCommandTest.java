package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Sandbox;
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

/** The dead-letter workbench as it is typed: what it prints, its exit codes, its errors. */
class DeadLettersCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CAUSE = "store: show_is_no_poison";

  @TempDir Path folder;

  private Sandbox sandbox;
  private TestNode node;
  private Command command;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 25));
    sandbox.faults("poison=2");
    String database = Postgres.create();
    node = TestNode.start(database, sandbox.ticketmaster(), Map.of());
    node.jdbc()
        .execute(
            "alter table shows add constraint show_is_no_poison check (name not like 'POISON %')");
    node.sync("upcoming-shows");
    node.node().close();
    command =
        Command.in(folder)
            .with("DATABASE_URL", database)
            .with("TICKETMASTER_BASE_URL", sandbox.ticketmaster().toString())
            .with("TICKETMASTER_API_KEY", TestNode.KEY)
            .with("TICKETMASTER_RATE_LIMIT_PER_SECOND", "1000");
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  private List<String> ids() {
    return node.jdbc()
        .queryForList(
            "select cast(id as text) from dead_letters where state = 'open' order by id",
            String.class);
  }

  @Test
  void list_showsCausesWithTheirNumberAndAnExample() throws Exception {
    Outcome list = command.run("dead-letters", "list");

    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.out().lines().toList()).hasSize(2);
    assertThat(list.out()).containsSubsequence("CAUSE", CAUSE, "2", "violates check constraint");
    JsonNode json = JSON.readTree(command.run("dead-letters", "list", "--json").out());
    assertThat(json).hasSize(1);
    assertThat(json.get(0).get("letters").asInt()).isEqualTo(2);
    assertThat(ids()).contains(json.get(0).get("example_id").asText());
  }

  @Test
  void list_ofAGroup_showsItsLetters() {
    Outcome list = command.run("dead-letters", "list", "--group", CAUSE);

    assertThat(list.out().lines().toList()).hasSize(3);
    assertThat(list.out()).contains("ticketmaster", "event").contains(ids());
  }

  @Test
  void list_isFilteredAndPaged() throws Exception {
    String first =
        JSON.readTree(
                command
                    .run("dead-letters", "list", "--group", CAUSE, "--limit", "1", "--json")
                    .out())
            .get(0)
            .get("id")
            .asText();

    Outcome next =
        command.run(
            "dead-letters",
            "list",
            "--group",
            CAUSE,
            "--source",
            "ticketmaster",
            "--after",
            first,
            "--json");
    Outcome venues = command.run("dead-letters", "list", "--kind", "venue");
    Outcome afterNothing = command.run("dead-letters", "list", "--after", first);

    assertThat(JSON.readTree(next.out())).hasSize(1);
    assertThat(ids()).contains(JSON.readTree(next.out()).get(0).get("id").asText(), first);
    assertThat(JSON.readTree(next.out()).get(0).get("id").asText()).isNotEqualTo(first);
    assertThat(venues.out()).contains("no open dead letters");
    assertThat(afterNothing.exitCode()).isEqualTo(2);
    assertThat(afterNothing.err()).contains("--group CAUSE");
  }

  @Test
  void show_tellsEverythingOfALetterAndNoSecret() throws Exception {
    String id = ids().get(0);

    Outcome show = command.run("dead-letters", "show", id);
    JsonNode json = JSON.readTree(command.run("dead-letters", "show", id, "--json").out());

    assertThat(show.exitCode()).isZero();
    assertThat(show.out())
        .contains("route: apply-transaction")
        .contains("cause: " + CAUSE)
        .contains("attempts: 1")
        .contains("\"name\" : \"POISON")
        .doesNotContain(TestNode.KEY);
    assertThat(json.get("record_state").asText()).isEqualTo("dead");
    assertThat(json.get("entity_kind").asText()).isEqualTo("show");
    assertThat(json.get("payload").get("id")).isEqualTo(json.get("source_id"));
    assertThat(json.get("last_failed").asText()).endsWith("Z");
  }

  @Test
  void anEditedPayload_isAppliedByReplay() throws Exception {
    String id = ids().get(0);
    JsonNode payload =
        JSON.readTree(command.run("dead-letters", "show", id, "--json").out()).get("payload");
    Files.writeString(
        folder.resolve("mended.json"), payload.toString().replace("POISON ", "Mended "));

    Outcome edit = command.run("dead-letters", "edit", id, "--payload", "mended.json");
    Outcome replay = command.run("dead-letters", "replay", id);

    assertThat(edit.exitCode()).as(edit.err()).isZero();
    assertThat(edit.out()).contains("is edited").contains("backline dead-letters replay " + id);
    assertThat(replay.exitCode()).as(replay.err()).isZero();
    assertThat(replay.out()).contains("replay completed: 1 fetched = 0 inserted + 1 updated");
    assertThat(node.count("shows where name like 'Mended %'")).isEqualTo(1);
    assertThat(ids()).hasSize(1).doesNotContain(id);
    Outcome again = command.run("dead-letters", "replay", id);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("dead letter " + id + " is replayed already");
  }

  @Test
  void editor_opensOnThePayloadAndWhatItLeavesIsTaken() {
    String id = ids().get(0);
    command.with("EDITOR", "sed -i -e s/POISON/Mended/");

    Outcome edit = command.run("dead-letters", "edit", id);

    assertThat(edit.exitCode()).as(edit.err()).isZero();
    assertThat(command.run("dead-letters", "replay", "--group", CAUSE).exitCode()).isEqualTo(3);
    assertThat(node.count("shows where name like 'Mended %'")).isEqualTo(1);
    assertThat(ids()).hasSize(1);
  }

  @Test
  void anEditorThatChangesNothing_leavesTheLetterAsItIs() {
    command.with("VISUAL", "true").with("EDITOR", "false");

    Outcome edit = command.run("dead-letters", "edit", ids().get(0));

    assertThat(edit.exitCode()).isZero();
    assertThat(edit.out()).contains("is as it was");
  }

  @Test
  void replayThatDiesAgain_isPartialAndSaysWhereToLook() throws Exception {
    Outcome replay = command.run("dead-letters", "replay", "--all");

    assertThat(replay.exitCode()).isEqualTo(3);
    assertThat(replay.out()).contains("replay partial: 2 fetched").contains("2 dead");
    assertThat(replay.said())
        .containsExactly(
            "backline: replay is partial: 2 records died; see backline dead-letters list");
    JsonNode json = JSON.readTree(command.run("dead-letters", "replay", "--all", "--json").out());
    assertThat(json.get(0).get("dead").asInt()).isEqualTo(2);
    assertThat(json.get(0).get("job").asText()).isEqualTo("replay");
    assertThat(node.count("dead_letters where attempts = 3")).isEqualTo(2);
  }

  @Test
  void discard_takesTheLetterFromTheList() {
    String id = ids().get(0);

    assertThat(command.run("dead-letters", "discard", id).out()).contains("is discarded");
    assertThat(command.run("dead-letters", "discard", id).exitCode()).isZero();
    assertThat(ids()).hasSize(1);
    Outcome replay = command.run("dead-letters", "replay", id);
    assertThat(replay.exitCode()).isEqualTo(2);
    assertThat(replay.said()).singleElement().asString().contains("is discarded");
    assertThat(command.run("dead-letters", "list", "--state", "discarded").out()).contains(CAUSE);
  }

  @Test
  void discardOfACause_takesItsOpenLettersAndSaysHowMany() {
    assertThat(command.run("dead-letters", "discard", "--group", "no such cause").exitCode())
        .isEqualTo(2);
    assertThat(command.run("dead-letters", "discard").said())
        .containsExactly("backline: dead-letters discard takes one of ID, --group CAUSE and --all");
    assertThat(ids()).hasSize(2);

    assertThat(command.run("dead-letters", "discard", "--group", CAUSE).out())
        .isEqualTo("2 letters are discarded\n");
    assertThat(ids()).isEmpty();
    assertThat(command.run("dead-letters", "discard", "--all").out())
        .isEqualTo("no open dead letters\n");
    assertThat(node.count("dead_letters where state = 'discarded'")).isEqualTo(2);
  }

  @Test
  void aPayloadThatIsNoJson_isOneLineAndChangesNothing() {
    String id = ids().get(0);

    Outcome edit =
        command.run("{\"name\": ", new String[] {"dead-letters", "edit", id, "--payload", "-"});

    assertThat(edit.exitCode()).isEqualTo(2);
    assertThat(edit.said())
        .singleElement()
        .asString()
        .contains("the payload is not JSON at line 1")
        .contains("nothing was changed");
    assertThat(edit.showsAStackTrace()).isFalse();
    assertThat(node.count("dead_letters where payload like '%POISON%'")).isEqualTo(2);
  }
}
