package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What goes on by itself: retries, time-outs, nodes that are gone, ticks that were missed. */
class UnattendedTest {
  private static final String NONE = "{\"page\":{\"size\":200,\"totalElements\":0,\"number\":0}}";

  private static Map<String, String> quick(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("jobs.retry-delay", "100");
    settings.put("jobs.retry-seconds", "0");
    settings.put("fetch.request-attempts", "1");
    settings.put("fetch.retries", "0");
    settings.putAll(more);
    return settings;
  }

  // --- Retries ----------------------------------------------------------------------------------

  @Test
  void requestThatFailedForAPassingReason_isTriedAgainByItselfAndItsLetterCloses() {
    AtomicBoolean down = new AtomicBoolean(true);
    try (FakeApi api =
            FakeApi.start(call -> down.get() ? new Answer(500, "down") : Answer.of(NONE));
        TestNode node = TestNode.start(Postgres.create(), api.at("/"), quick(Map.of()))) {
      Run failed = node.sync("lookup", "event=E1");
      assertThat(failed.status()).isEqualTo("failed");
      down.set(false);

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> node.count("sync_jobs where retry_count > 0 and status = 'completed'") == 1);
      assertThat(node.count("dead_letters where state = 'open'")).isZero();
    }
  }

  @Test
  void requestThatGoesOnFailing_isTriedUpToTheMaximumOfItsJobAndThenParked() {
    try (FakeApi api = FakeApi.start(call -> new Answer(500, "down"));
        TestNode node =
            TestNode.start(
                Postgres.create(), api.at("/"), quick(Map.of("fetch.breaker-pause", "0")))) {
      node.sync("lookup", "event=E1");

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> node.count("sync_jobs where retry_count = 3 and status = 'failed'") == 1);
      Awaitility.await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(10))
          .until(() -> node.count("sync_jobs") == 4);
      assertThat(node.count("dead_letters where state = 'open' and passing")).isEqualTo(1);
    }
  }

  @Test
  void requestThatCannotSucceed_isNotTriedAgain() {
    try (FakeApi api = FakeApi.start(call -> new Answer(400, "no such thing"));
        TestNode node = TestNode.start(Postgres.create(), api.at("/"), quick(Map.of()))) {
      node.sync("lookup", "event=E1");

      Awaitility.await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(10))
          .until(() -> node.count("sync_jobs") == 1);
      assertThat(node.count("dead_letters where state = 'open' and not passing")).isEqualTo(1);
      Map<String, Object> event =
          node.jdbc()
              .queryForMap(
                  "select platform, entity_type, status, error, metadata ->> 'upstream_status' as upstream,"
                      + " metadata ->> 'route' as route, created_at from sync_events where status = 'error'");
      assertThat(event)
          .containsEntry("platform", "ticketmaster")
          .containsEntry("entity_type", "request")
          .containsEntry("upstream", "400")
          .containsKey("created_at");
      assertThat((String) event.get("error")).contains("no such thing");
    }
  }

  @Test
  void pausesOfARequest_growWithEachFailure() {
    AtomicInteger calls = new AtomicInteger();
    try (FakeApi api =
            FakeApi.start(
                call -> {
                  calls.incrementAndGet();
                  return new Answer(500, "down");
                });
        TestNode node =
            TestNode.start(
                Postgres.create(),
                api.at("/"),
                quick(
                    Map.of(
                        "fetch.request-attempts", "5",
                        "fetch.request-delay", "1000")))) {
      UUID run = node.begin("lookup", "event=E1");
      double former = 0;
      for (int attempt = 1; attempt <= 3; attempt++) {
        int failed = attempt;
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> node.count("sync_requests where attempts = " + failed) == 1);
        double pause =
            node.jdbc()
                .queryForObject(
                    "select extract(epoch from not_before - now()) from sync_requests where run_id = ?",
                    Double.class,
                    run);
        assertThat(pause)
            .isGreaterThan(former)
            .isBetween(690.0 * (1 << (attempt - 1)), 1310.0 * (1 << (attempt - 1)));
        former = pause * 1.3 / 1.3 * 0.7;
        node.jdbc().update("update sync_requests set not_before = now()");
      }
    }
  }

  // --- Time-outs --------------------------------------------------------------------------------

  @Test
  void runThatDoesNotEnd_isGivenUpAndLoggedAsATimeOut() {
    try (FakeApi api = FakeApi.start(call -> Answer.of(NONE));
        TestNode node = TestNode.start(Postgres.create(), api.at("/"), quick(Map.of()))) {
      UUID run = UUID.randomUUID();
      node.jdbc()
          .update(
              "insert into sync_jobs (id, job, status, created_at) values (?, 'lookup', 'in_progress', now() - interval '4 days')",
              run);
      node.jdbc()
          .update(
              "insert into sync_requests (run_id, n, source, record_kind, request, not_before)"
                  + " values (?, 0, 'spotify', 'artist', '{}', 'infinity')",
              run);

      Run ended = node.await(run);

      assertThat(ended.status()).isEqualTo("failed");
      assertThat(ended.error()).contains("given up after 72 hours");
      assertThat(node.count("cron_logs where job_name = 'lookup' and status = 'timeout'"))
          .isEqualTo(1);
      assertThat(node.count("sync_events where job_id = '" + run + "' and status = 'failed'"))
          .isEqualTo(1);
    }
  }

  // --- Nodes ------------------------------------------------------------------------------------

  @Test
  void whatASilentNodeHeld_goesOnUnderANewToken() {
    try (FakeApi api = FakeApi.start(call -> Answer.of(NONE));
        TestNode node =
            TestNode.start(
                Postgres.create(),
                api.at("/"),
                quick(Map.of("nodes.heartbeat-delay", "200", "nodes.silent-seconds", "1")))) {
      UUID run = UUID.randomUUID();
      node.jdbc()
          .update(
              "insert into nodes (name, roles, seen_at) values ('elsewhere/7/1', '{fetch}', now())");
      node.jdbc()
          .update(
              "insert into sync_jobs (id, job, status) values (?, 'lookup', 'in_progress')", run);
      node.jdbc()
          .update(
              "insert into sync_requests (run_id, n, source, record_kind, request, state, lease_owner, lease_until, token)"
                  + " values (?, 0, 'ticketmaster', 'event', '{\"kind\": \"event\", \"path\": \"events.json\", \"query\": {}}',"
                  + " 'running', 'elsewhere/7/1', now() + interval '1 hour', 5)",
              run);

      assertThat(node.await(run).status()).isEqualTo("completed");
      assertThat(node.count("nodes where name = 'elsewhere/7/1'")).isZero();
      assertThat(
              node.jdbc()
                  .queryForObject(
                      "select token from sync_requests where run_id = ?", Long.class, run))
          .isEqualTo(6);
      // What it would write now is fenced off.
      assertThat(
              node.jdbc()
                  .update(
                      "update sync_requests set state = 'done' where run_id = ? and token = 5 and state = 'running'",
                      run))
          .isZero();
    }
  }

  @Test
  void nodeThatStops_saysSo() {
    String database = Postgres.create();
    try (FakeApi api = FakeApi.start(call -> Answer.of(NONE));
        TestNode watching = TestNode.start(database, api.at("/"), Map.of())) {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> watching.count("nodes") == 1);
      watching.node().close();
      assertThat(watching.count("nodes")).isZero();
    }
  }

  @Test
  void roles_decideWhatANodeDoes() throws IOException {
    String database = Postgres.create();
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(3, 10));
        TestNode fetching =
            TestNode.serve(
                database,
                sandbox.ticketmaster(),
                Map.of("backline.roles", "fetch", "apply.sweep-after", "0"))) {
      assertThat(fetching.node().ports().http()).as("no public port").isNull();
      UUID run = fetching.begin("upcoming-shows");
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  fetching.count("source_records where state = 'landed'") > 0
                      && fetching.count("sync_requests where state in ('planned', 'running')")
                          == 0);
      assertThat(fetching.count("shows")).as("nobody applies").isZero();

      try (TestNode applying =
          TestNode.serve(
              database,
              sandbox.ticketmaster(),
              Map.of("backline.roles", "apply", "apply.sweep-after", "0"))) {
        assertThat(applying.await(run).status()).isEqualTo("completed");
        assertThat(applying.count("shows")).isPositive();
      }
    }
  }

  // --- Schedules --------------------------------------------------------------------------------

  @Test
  void ticksThatNoNodeWasThereFor_areMadeUpForOnce() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(3, 5))) {
      String database = Postgres.create();
      Map<String, String> settings = new HashMap<>();
      settings.put("jobs.catch-up-delay", "200");
      settings.put("jobs.venue-network.cron", "0 */15 * * * ?");
      try (TestNode first = TestNode.start(database, sandbox.ticketmaster(), Map.of())) {
        first
            .jdbc()
            .update(
                "insert into job_ticks (job, fire_time, node)"
                    + " values ('venue-network', date_trunc('hour', now()) - interval '8 hours', 'x')");
      }
      try (TestNode node = TestNode.serve(database, sandbox.ticketmaster(), settings)) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> node.count("sync_jobs where job = 'venue-network'") == 1);
        Awaitility.await()
            .during(Duration.ofSeconds(2))
            .atMost(Duration.ofSeconds(20))
            .until(() -> node.count("job_ticks where job = 'venue-network'") == 2);
      }
    }
  }

  @Test
  void masterSync_runsEveryScheduledJobAndEndsWithTheLastOfThem() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(3, 10));
        TestNode node =
            TestNode.start(Postgres.create(), sandbox.ticketmaster(), sandbox.settings())) {
      Run run = node.sync("master-sync");

      assertThat(run.status()).as(run.toString()).isIn("completed", "partial");
      List<String> jobs =
          node.jdbc()
              .queryForList(
                  "select job from sync_jobs where parent_id = ? and completed_at is not null order by job",
                  String.class,
                  run.id());
      assertThat(jobs)
          .containsExactly(
              "artist-songs",
              "event-artists",
              "historical-setlists",
              "popular-artists",
              "popular-tours",
              "upcoming-shows",
              "venue-events",
              "venue-updates");
      assertThat(run.result()).contains("upcoming-shows");
      assertThat(node.count("shows")).isPositive();
    }
  }
}
