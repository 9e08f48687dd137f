package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Database;
import dev.backline.store.OpenAlarms;
import dev.backline.store.Runs;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The permitted rate follows the source (S142), its key and its limits follow their files (S127,
 * S128).
 */
class PacingTest {
  private static final String NONE = "{\"page\":{\"size\":200,\"totalElements\":0,\"number\":0}}";

  private static double pace(JdbcTemplate jdbc) {
    return jdbc.queryForObject(
        "select coalesce(max(pace), 1) from source_quota where source = 'ticketmaster'",
        Double.class);
  }

  private static String[] lookups(int calls) {
    return IntStream.range(0, calls).mapToObj(i -> "event=F" + i).toArray(String[]::new);
  }

  @Test
  void sourceThatIsAskedTooOften_isCalledMoreRarelyAndRecovers() {
    AtomicInteger refusals = new AtomicInteger(2);
    try (FakeApi api =
            FakeApi.start(
                call ->
                    refusals.getAndDecrement() > 0
                        ? new Answer(429, "too many")
                        : Answer.of(NONE));
        TestNode node = TestNode.start(Postgres.create(), api.at("/"), Map.of())) {
      node.sync("lookup", "event=E1");
      assertThat(pace(node.jdbc())).isGreaterThan(1);

      for (String lookup : lookups(6)) {
        node.jdbc().update("update source_quota set paced_at = now() - interval '2 seconds'");
        double before = pace(node.jdbc());
        node.sync("lookup", lookup);
        assertThat(pace(node.jdbc())).isLessThan(before).isGreaterThanOrEqualTo(1);
        if (pace(node.jdbc()) == 1) {
          return;
        }
      }
      assertThat(pace(node.jdbc())).isLessThan(1.5);
    }
  }

  @Test
  void sourceThatAnswersFarSlowerThanItUsedTo_isCalledMoreRarely() {
    AtomicInteger calls = new AtomicInteger();
    try (FakeApi api =
            FakeApi.start(
                call -> {
                  if (calls.incrementAndGet() > 25) {
                    Awaitility.await().pollDelay(Duration.ofMillis(400)).until(() -> true);
                  }
                  return Answer.of(NONE);
                });
        TestNode node =
            TestNode.start(Postgres.create(), api.at("/"), Map.of("quota.slow-after", "300"))) {
      for (String lookup : lookups(25)) {
        node.sync("lookup", lookup);
      }
      assertThat(pace(node.jdbc())).isEqualTo(1);

      node.sync("lookup", "event=SLOW");

      assertThat(pace(node.jdbc())).isEqualTo(2);
    }
  }

  @Test
  void keyAndLimitsInFiles_areThoseOfTheNextCallAfterTheFilesHaveChanged(@TempDir Path folder)
      throws IOException {
    Path key = Files.writeString(folder.resolve("key"), "the-first-key-0123");
    Path limit = Files.writeString(folder.resolve("limit"), "1000");
    try (FakeApi api = FakeApi.start(call -> Answer.of(NONE))) {
      Map<String, String> environment = new HashMap<>();
      environment.put("DATABASE_URL", Postgres.create());
      environment.put("TICKETMASTER_BASE_URL", api.at("/").toString());
      environment.put("TICKETMASTER_API_KEY_FILE", key.toString());
      environment.put("TICKETMASTER_RATE_LIMIT_PER_DAY_FILE", limit.toString());
      environment.put("QUOTA_RESERVE_PERCENT", "0");
      environment.put("BACKLINE_HTTP_PORT", "0");
      environment.put("BACKLINE_MANAGEMENT_PORT", "0");
      environment.put("ALARMS_LOOK_DELAY", "200");
      environment.putAll(noSchedules());
      environment.put("JOBS_UPCOMING_SHOWS_PRIORITY", "3");
      Settings settings = Settings.load(Path.of("config/application.properties"), environment);
      try (Database database = Database.open(settings);
          Node node = Node.start(settings, database, Node.Mode.ALL)) {
        run(node, database, "event=E1");
        Files.writeString(key, "the-second-key-456");
        run(node, database, "event=E2");

        assertThat(api.calls())
            .extracting(call -> call.target().replaceFirst(".*apikey=([^&]*).*", "$1"))
            .containsExactly("the-first-key-0123", "the-second-key-456");

        Files.writeString(limit, "2");
        assertThatThrownBy(() -> JobRuns.start(node, "upcoming-shows", Map.of("country", "DE")))
            .rootCause()
            .hasMessage(
                "job upcoming-shows asks for 3 calls of ticketmaster, of which 0 are left today beside the"
                    + " reserve and what is planned; ask for less, wait for the next day, or raise"
                    + " ticketmaster.rate-limit-per-day");

        UUID refused = JobRuns.start(node, "lookup", Map.of("event", "E3"));
        JdbcTemplate jdbc = new JdbcTemplate(database.pool());
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    jdbc.queryForList(
                            "select note from sync_requests where run_id = ? and note is not null",
                            String.class,
                            refused)
                        .equals(List.of("the daily limit of 2 calls is spent")));
        assertThat(api.calls()).hasSize(2);

        Files.writeString(limit, "1000");
        awaitCompleted(database, refused);
        assertThat(api.calls()).hasSize(3);

        Files.writeString(limit, "many");
        UUID held = JobRuns.start(node, "lookup", Map.of("event", "E4"));
        OpenAlarms alarms = new OpenAlarms(database.pool());
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () ->
                    alarms.all().stream()
                        .anyMatch(
                            alarm ->
                                alarm.get("kind").equals("quota-dry")
                                    && alarm.get("subject").equals("ticketmaster")));
        Files.writeString(limit, "1000");
        awaitCompleted(database, held);
        assertThat(api.calls()).hasSize(4);
      }
    }
  }

  /** Settings of the environment under which no schedule comes up. */
  private static Map<String, String> noSchedules() {
    return Settings.load(Path.of("config/application.properties"), Map.of()).keys().stream()
        .filter(key -> key.startsWith("jobs.") && key.endsWith(".cron"))
        .collect(
            Collectors.toMap(
                key -> key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
                key -> "0 0 0 1 1 ? 2099"));
  }

  private static void run(Node node, Database database, String parameter) {
    String[] pair = parameter.split("=");
    awaitCompleted(database, JobRuns.start(node, "lookup", Map.of(pair[0], pair[1])));
  }

  private static void awaitCompleted(Database database, UUID run) {
    Runs runs = new Runs(database.pool());
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> runs.find(run).orElseThrow().status().equals("completed"));
  }
}
