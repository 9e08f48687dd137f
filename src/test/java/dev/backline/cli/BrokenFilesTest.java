package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.testkit.LiveNode;
import dev.backline.testkit.Postgres;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A route, mapping or schema that is wrong: what the commands say, and their exit code. */
class BrokenFilesTest {
  private static String database;

  @TempDir Path folder;

  @BeforeAll
  static void create() {
    database = Postgres.create();
  }

  @BeforeEach
  void copy() throws IOException {
    LiveNode.copy(folder);
  }

  /** What a command did. */
  private record Outcome(int exitCode, String out, String err) {}

  private Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.backline.App"));
    command.addAll(Arrays.asList(arguments));
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.directory(folder.toFile());
    builder.environment().putAll(LiveNode.environment(database, URI.create("http://127.0.0.1:9/")));
    builder.environment().put("BACKLINE_HTTP_PORT", "0"); // the usual ones may be taken
    builder.environment().put("BACKLINE_MANAGEMENT_PORT", "0");
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended: %s", command).isTrue();
    return new Outcome(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  @Test
  void check_namesEveryMistakeWithFileAndLine() throws Exception {
    edit(
        "routes/flow/land.camel.yaml",
        "to: {uri: \"sql:file:routes/sql/land-page",
        "too: {uri: \"sql:file:routes/sql/land-page");
    edit("routes/flow/page.camel.yaml", "direct:land\"", "direct:lend\"");
    edit("routes/sources/ticketmaster/venue.jq", "city: city,", "city: town,");
    edit("routes/sql/close-letters.sql", "dead_letters", "deadletters");
    edit("routes/entities/venue.schema.json", "\"type\": \"object\"", "\"type\": \"objekt\"");

    Outcome check = run("check");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out().lines().filter(line -> line.startsWith("error: routes/")))
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsPattern("error: routes/flow/land.camel.yaml:\\d+: .*too.* - mend"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsPattern(
                        "routes/flow/page.camel.yaml:\\d+: no route begins at direct:lend"))
        .anySatisfy(line -> assertThat(line).containsPattern("routes/sql/close-letters.sql:\\d+: "))
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsPattern(
                        "routes/entities/venue.schema.json:\\d+: this is no JSON Schema"));
    assertThat(check.out()).contains("not ready");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "run --once          | routes/flow/land.camel.yaml           | from:               | frum:       | routes/flow/land.camel.yaml:\\d+: ",
        "run                 | routes/sources/ticketmaster/event.jq  | status: $dates      | status: dates | routes/sources/ticketmaster/event.jq:\\d+: Function dates/0 does not exist",
        "run                 | routes/entities/show.schema.json      | \"type\": \"object\" | \"type\": 7 | routes/entities/show.schema.json:\\d+: this is no JSON Schema",
        "run                 | routes/rules/recordings.yaml          | live: 1.5           | live: loud  | routes/rules/recordings.yaml:\\d+: words.live.live 'loud' is no number",
        "sync upcoming-shows | routes/flow/page.camel.yaml           | ref: landing        | ref: londing | routes/flow/page.camel.yaml:\\d+: there is no bean londing",
        "sync upcoming-shows | routes/sources/ticketmaster/event.jq  | def status:         | def status  | routes/sources/ticketmaster/event.jq:\\d+: this is no jq",
        "sync upcoming-shows | routes/entities/show.schema.json      | \"type\": \"object\" | \"type\": \"object | routes/entities/show.schema.json:\\d+: this is no JSON",
        "map ticketmaster event routes/sources/ticketmaster/event.sample.json | routes/sources/ticketmaster/event.jq | def status: | def status | routes/sources/ticketmaster/event.jq:\\d+: this is no jq",
      })
  void command_endsWithTheMistakesFileAndLine(
      String command, String file, String from, String to, String line) throws Exception {
    edit(file, from, to);

    Outcome outcome = run(command.split(" "));

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err().lines().filter(said -> !said.contains(" is disabled: ")))
        .as("one line")
        .singleElement()
        .asString()
        .containsPattern("backline: " + line);
  }
}
