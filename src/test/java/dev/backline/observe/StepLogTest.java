package dev.backline.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.LiveNode;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process that runs a job logs as JSON: each step with what it belongs to (S42, S141). */
class StepLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATABASE_PASSWORD = "canary-password-4d21";

  @TempDir static Path folder;

  private static Sandbox sandbox;
  private static List<String> lines;
  private static List<JsonNode> events;

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 20));
    Map<String, String> environment =
        new HashMap<>(
            LiveNode.environment(
                Postgres.create().replace("postgres:@", "postgres:" + DATABASE_PASSWORD + "@"),
                sandbox.ticketmaster()));
    environment.put("LOG_FORMAT", "json");
    environment.put("DATABASE_SLOW_STATEMENT_MS", "1");
    lines = sync(environment);
    events = lines.stream().map(StepLogTest::event).toList();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  /** Standard error of {@code sync upcoming-shows} as a process of its own. */
  private static List<String> sync(Map<String, String> environment)
      throws IOException, InterruptedException {
    LiveNode.copy(folder);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.backline.App",
                "sync",
                "upcoming-shows",
                "--json"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Path err = folder.resolve("err");
    Process process =
        builder.redirectOutput(folder.resolve("out").toFile()).redirectError(err.toFile()).start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(err);
  }

  private static JsonNode event(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static String text(JsonNode event, String field) {
    return event.path(field).asText(null);
  }

  private static List<JsonNode> steps(String step) {
    return events.stream().filter(event -> step.equals(text(event, "step"))).toList();
  }

  @Test
  void everyLine_isAnObjectWithTimeLevelAndMessage() {
    assertThat(events)
        .hasSizeGreaterThan(10)
        .allMatch(
            event ->
                event.isObject()
                    && event.hasNonNull("@timestamp")
                    && event.hasNonNull("log.level")
                    && event.hasNonNull("message"));
  }

  @Test
  void everyStepOfAPage_saysJobRunSourceRequestRouteAndDuration() {
    for (String step : List.of("fetch", "land")) {
      assertThat(steps(step))
          .as(step)
          .isNotEmpty()
          .allSatisfy(
              event -> {
                assertThat(text(event, "job")).isEqualTo("upcoming-shows");
                assertThat(text(event, "run")).matches("[0-9a-f-]{36}");
                assertThat(text(event, "source")).isEqualTo("ticketmaster");
                assertThat(text(event, "request")).matches("\\d+");
                assertThat(text(event, "duration_ms")).matches("\\d+");
                assertThat(text(event, "log.level")).isEqualTo("INFO");
              });
    }
    assertThat(steps("fetch")).extracting(e -> text(e, "route")).containsOnly("ticketmaster-page");
    assertThat(steps("land")).extracting(e -> text(e, "route")).containsOnly("page");
    assertThat(steps("land")).hasSameSizeAs(steps("fetch"));
    assertThat(steps("land").stream().map(e -> text(e, "request")).collect(Collectors.toSet()))
        .as("requests of the plan")
        .hasSizeGreaterThan(1);
  }

  @Test
  void everyBatch_saysHowManyRecordsItHadAndWhoseTheyAre() {
    assertThat(steps("apply"))
        .isNotEmpty()
        .allSatisfy(
            event -> {
              assertThat(Integer.parseInt(text(event, "records"))).isPositive();
              assertThat(text(event, "duration_ms")).matches("\\d+");
              assertThat(text(event, "source")).isEqualTo("ticketmaster");
            });
    assertThat(steps("apply").stream().filter(e -> "apply-pages".equals(text(e, "route"))))
        .isNotEmpty()
        .allMatch(event -> "upcoming-shows".equals(text(event, "job")) && event.has("run"));
  }

  @Test
  void endOfARun_saysWhichItIs() {
    Set<String> runs = steps("fetch").stream().map(e -> text(e, "run")).collect(Collectors.toSet());
    assertThat(runs).hasSize(1);
    assertThat(steps("close-run"))
        .isNotEmpty()
        .allMatch(event -> runs.contains(text(event, "run")) && event.has("duration_ms"));
    assertThat(events.stream().filter(e -> "backline.run".equals(text(e, "log.logger"))))
        .singleElement()
        .matches(event -> runs.contains(text(event, "run")))
        .matches(event -> "upcoming-shows".equals(text(event, "job")));
  }

  @Test
  void lineOfNoRequest_namesNone() {
    assertThat(steps("close-run")).noneMatch(event -> event.has("request"));
    assertThat(events.stream().filter(e -> "backline.plan".equals(text(e, "log.logger"))))
        .isNotEmpty()
        .noneMatch(event -> event.has("request"))
        .allMatch(event -> "plan".equals(text(event, "route")));
  }

  @Test
  void slowStatement_isNamedWithItsDurationAndNothingElse() {
    List<JsonNode> slow =
        events.stream().filter(e -> text(e, "message").startsWith("the statement ")).toList();
    assertThat(slow)
        .isNotEmpty()
        .allSatisfy(
            event -> {
              assertThat(text(event, "message"))
                  .matches(
                      "the statement [a-z-]+\\.sql took \\d+ ms \\(database\\.slow-statement-ms\\)");
              assertThat(text(event, "log.level")).isEqualTo("WARN");
              assertThat(event.has("route")).isTrue();
            });
    assertThat(slow).anyMatch(event -> text(event, "message").contains(" close-run.sql "));
  }

  @Test
  void noSecret_isInAnyLine() {
    assertThat(String.join("\n", lines)).doesNotContain(TestNode.KEY, DATABASE_PASSWORD, "apikey=");
  }
}
