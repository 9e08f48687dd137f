package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.OpenAlarms;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.Http;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.Samples;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each alarm is provoked, seen where it should be seen, and ends with its cause. */
class AlarmsTest {
  private static Map<String, String> settings(Sandbox sandbox, String webhook) {
    return settings(sandbox, webhook, Map.of());
  }

  private static Map<String, String> settings(
      Sandbox sandbox, String webhook, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    settings.put("alarms.look-delay", "200");
    settings.put("alarms.tell-delay", "100");
    settings.put("alarms.webhook-seconds", "0");
    settings.put("alarms.webhook-url", webhook);
    settings.put("alarms.letters-limit", "2");
    settings.put("setlistfm.rate-limit-per-day", "1000");
    settings.put("metrics.delay", "200");
    settings.put("alarms.late-seconds", "1");
    settings.putAll(more);
    return settings;
  }

  /**
   * @param open kind and subject of each alarm that is waited for
   * @param never of one that is not open then
   */
  private static void awaitAlarms(TestNode node, Collection<String> open, String never) {
    OpenAlarms alarms = new OpenAlarms(node.database().pool());
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(alarms.all())
                    .extracting(alarm -> alarm.get("kind") + " " + alarm.get("subject"))
                    .containsAll(open)
                    .doesNotContain(never));
  }

  private static JsonNode json(String body) {
    try {
      return new ObjectMapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }

  private static void log(JdbcTemplate jdbc, String job, String status, int fetched, int hoursAgo) {
    jdbc.update(
        "insert into cron_logs (job_name, status, result, created_at)"
            + " values (?, ?, jsonb_build_object('fetched', ?, 'parameters', '{}'::jsonb), now() - make_interval(hours => ?))",
        job,
        status,
        fetched,
        hoursAgo);
  }

  /** A run that found nothing due, and so asked nobody. */
  private static void idle(JdbcTemplate jdbc, String job, int hoursAgo) {
    UUID run = UUID.randomUUID();
    jdbc.update(
        "insert into sync_jobs (id, job, status, completed_at, total_steps, created_at)"
            + " values (?, ?, 'completed', now(), 0, now() - make_interval(hours => ?))",
        run,
        job,
        hoursAgo);
    jdbc.update(
        "insert into cron_logs (job_name, status, result, created_at)"
            + " values (?, 'success', jsonb_build_object('fetched', 0, 'run', ?, 'parameters', '{}'::jsonb), now() - make_interval(hours => ?))",
        job,
        run.toString(),
        hoursAgo);
  }

  private static void field(JdbcTemplate jdbc, String field, int records, int hoursAgo) {
    jdbc.update(
        "insert into field_shares values ('bandsintown', 'event', date_trunc('hour', now()) - make_interval(hours => ?), ?, ?)",
        hoursAgo,
        field,
        records);
  }

  @Test
  void eachAlarm_isSeenByStatusHealthMetricsAndWebhookAndEndsWithItsCause() throws IOException {
    List<JsonNode> told = new CopyOnWriteArrayList<>();
    AtomicInteger refusals = new AtomicInteger(3);
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(5, 10));
        FakeApi webhook =
            FakeApi.start(
                call -> {
                  if (refusals.getAndDecrement() > 0) {
                    return new Answer(500, "not now");
                  }
                  told.add(json(call.body()));
                  return new Answer(200, "");
                });
        TestNode node =
            TestNode.serve(
                Postgres.create(),
                sandbox.ticketmaster(),
                settings(
                    sandbox,
                    webhook.at("/hook/secret-of-the-webhook").toString(),
                    Map.of("jobs.popular-artists.cron", "0 0 * * * ?")))) {
      JdbcTemplate jdbc = node.jdbc();
      for (int hour = 2; hour < 6; hour++) {
        log(jdbc, "popular-tours", "success", 100, hour);
        log(jdbc, "venue-events", "success", 0, hour);
        log(jdbc, "event-artists", "success", 100, hour);
        log(jdbc, "venue-updates", "failed", 5, hour);
      }
      log(jdbc, "popular-tours", "success", 10, 1);
      log(jdbc, "event-artists", "success", 0, 1);
      // It has ticked, and never ended well.
      jdbc.update(
          "insert into job_ticks (job, fire_time, node) values ('popular-artists', now(), 'n')");
      jdbc.update("update installation set created_at = now() - interval '200 years'");
      for (int hour = 1; hour < 4; hour++) {
        field(jdbc, "*", 100, hour);
        field(jdbc, "url", 90, hour);
        field(jdbc, "name", 100, hour);
      }
      field(jdbc, "*", 80, 0);
      field(jdbc, "name", 80, 0);
      jdbc.update(
          "insert into dead_letters (route, source, record_kind, source_id, cause, error)"
              + " select 'apply', 'ticketmaster', 'event', n::text, 'c', 'e' from generate_series(1, 3) n");
      jdbc.update(
          "insert into sync_jobs (id, job, status, balanced, completed_at) values (gen_random_uuid(), 'lookup', 'failed', false, now())");
      jdbc.update(
          "insert into source_quota (source, daily_limit, used, window_start, slot_start, slot_used)"
              + " values ('setlistfm', 1000, 990, now() - interval '1 hour', now() - interval '1 minute', 600)");
      jdbc.update(
          "insert into sync_jobs (id, job, status, started_at) values ('00000000-0000-4000-8000-0000000000aa', 'lookup', 'in_progress', now())");
      jdbc.update(
          "insert into sync_requests (run_id, n, source, record_kind, request, not_before)"
              + " select '00000000-0000-4000-8000-0000000000aa', n, 'setlistfm', 'setlist', '{}', 'infinity' from generate_series(0, 20) n");
      TreeSet<String> expected =
          new TreeSet<>(
              List.of(
                  "yield-collapsed popular-tours",
                  "yield-empty event-artists",
                  "never-yielded venue-events",
                  "job-failing venue-updates",
                  "job-stale popular-artists",
                  "source-stale bandsintown",
                  "field-drift bandsintown event url",
                  "dead-letters ticketmaster",
                  "unbalanced lookup",
                  "quota-dry setlistfm"));
      awaitAlarms(node, expected, "field-drift bandsintown event name");

      Http management = new Http(node.node().ports().management());
      Http.Answer health = management.get("/observe/health");
      assertThat(health.status()).as(health.body()).isEqualTo(503);
      assertThat(management.get("/observe/health/ready").status()).isEqualTo(200);
      assertThat(management.get("/observe/health/live").status()).isEqualTo(200);
      assertThat(health.body()).contains(expected);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(expected)
                      .allSatisfy(
                          alarm ->
                              assertThat(
                                      Samples.of(management.get("/observe/metrics").body())
                                          .value(
                                              "backline_alarms_open", "kind", alarm.split(" ")[0])
                                          .orElse(0))
                                  .isPositive()));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(told)
                      .extracting(t -> t.get("kind").asText() + " " + t.get("subject").asText())
                      .containsAll(expected));
      assertThat(told).allMatch(t -> t.get("state").asText().equals("raised"));

      // The causes go, and the alarms with them.
      jdbc.update("update dead_letters set state = 'discarded'");
      jdbc.update("delete from cron_logs");
      jdbc.update("delete from field_shares");
      jdbc.update("update sync_jobs set balanced = true");
      jdbc.update("delete from source_quota");
      jdbc.update("update installation set created_at = now()");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(new OpenAlarms(node.database().pool()).all()).isEmpty());
      assertThat(management.get("/observe/health").status()).isEqualTo(200);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(told)
                      .filteredOn(t -> t.get("state").asText().equals("ended"))
                      .extracting(t -> t.get("kind").asText() + " " + t.get("subject").asText())
                      .containsAll(expected));
      assertThat(jdbc.queryForList("select to_jsonb(a)::text from alarms a", String.class))
          .noneMatch(row -> row.contains("secret-of-the-webhook"));
    }
  }

  @Test
  void scheduleThatDoesNotFire_isMissedAndOneThatIsPausedIsNot() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(5, 10))) {
      Map<String, String> settings = settings(sandbox, "");
      settings.put("jobs.cleanup.cron", "* * * * * ?");
      settings.put("jobs.venue-network.cron", "* * * * * ?");
      settings.put("backline.roles", "schedule,web");
      try (TestNode node = TestNode.serve(Postgres.create(), sandbox.ticketmaster(), settings)) {
        node.jdbc().update("insert into paused_jobs (job) values ('venue-network')");
        // It fires: there is nothing to be told of.
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> node.count("job_ticks where job = 'cleanup'") > 2);

        node.invoke("cleanup", "stop");

        awaitAlarms(node, List.of("schedule-missed cleanup"), "schedule-missed venue-network");
      }
    }
  }

  @Test
  void runsThatFindNothingDue_areSuspiciousFromTheThirdOn() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(5, 10));
        TestNode node =
            TestNode.serve(Postgres.create(), sandbox.ticketmaster(), settings(sandbox, ""))) {
      for (int hour = 4; hour < 10; hour++) {
        log(node.jdbc(), "event-artists", "success", 100, hour);
        log(node.jdbc(), "venue-events", "success", 100, hour);
      }
      idle(node.jdbc(), "event-artists", 2);
      idle(node.jdbc(), "event-artists", 1);
      for (int hour = 1; hour < 4; hour++) {
        idle(node.jdbc(), "venue-events", hour);
      }

      awaitAlarms(node, List.of("yield-empty venue-events"), "yield-empty event-artists");
    }
  }

  @Test
  void fieldsOfRecords_areCounted() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(5, 10));
        TestNode node = TestNode.start(Postgres.create(), sandbox.ticketmaster(), Map.of())) {
      node.sync("upcoming-shows");

      long events = node.count("source_records where record_kind = 'event' and state = 'applied'");
      assertThat(
              node.jdbc()
                  .queryForObject(
                      "select sum(records) from field_shares where record_kind = 'event' and field = '*'",
                      Long.class))
          .isEqualTo(events);
      assertThat(
              node.jdbc()
                  .queryForObject(
                      "select sum(records) from field_shares where record_kind = 'event' and field = 'name'",
                      Long.class))
          .isEqualTo(events);
    }
  }
}
