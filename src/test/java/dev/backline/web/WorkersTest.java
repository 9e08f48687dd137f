package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Workers and the unified sync entry over HTTP (S60, S111 to S115, S119, S144). */
class WorkersTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";
  private static final String CRON = "cron-secret-of-this-test-0123456789abcd";

  private static TestNode node(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("admin.api-key", ADMIN);
    settings.put("cron.secret", CRON);
    return TestNode.serve(Postgres.create(), URI.create("http://127.0.0.1:9"), settings);
  }

  private static Answer send(TestNode node, String method, String path, String body, String token) {
    return new Http(node.node().ports().http())
        .send(method, path, body, "Authorization", "Bearer " + token);
  }

  private static Map<String, String> states(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("success").asBoolean()).isTrue();
    Map<String, String> states = new TreeMap<>();
    for (JsonNode worker : answer.json().get("workers")) {
      states.put(worker.get("name").asText(), worker.get("status").asText());
    }
    return states;
  }

  private static final Map<String, String> RUNNING =
      Map.of("artist-import", "running", "spotify-sync", "running", "ticketmaster-sync", "running");
  private static final Map<String, String> STOPPED =
      Map.of("artist-import", "stopped", "spotify-sync", "stopped", "ticketmaster-sync", "stopped");

  @Test
  void workers_areStartedOnceStoppedAndStartedAgain() {
    try (TestNode node = node(Map.of())) {
      String path = "/api/workers/init";
      assertThat(states(send(node, "GET", path, null, ADMIN)))
          .as("not by themselves")
          .isEqualTo(STOPPED);
      assertThat(states(send(node, "POST", path, null, ADMIN))).isEqualTo(RUNNING);
      assertThat(states(send(node, "POST", path, null, ADMIN))).isEqualTo(RUNNING);
      assertThat(node.node().routes().stream().filter(id -> id.startsWith("worker-"))).hasSize(3);
      assertThat(states(send(node, "DELETE", path, null, ADMIN))).isEqualTo(STOPPED);
      assertThat(states(send(node, "POST", path, null, ADMIN))).isEqualTo(RUNNING);

      // One that was stopped elsewhere is shown as it is.
      node.invoke("worker-spotify-sync", "stop");
      assertThat(states(send(node, "GET", path, null, ADMIN)))
          .containsEntry("spotify-sync", "stopped")
          .containsEntry("artist-import", "running");
      assertThat(send(node, "POST", path, null, CRON).status()).isEqualTo(403);
      assertThat(new Http(node.node().ports().http()).send("DELETE", path, null).status())
          .isEqualTo(401);
    }
  }

  @Test
  void failureOfTheDatabase_isToldInTheShapeOfWorkers() {
    try (TestNode node = node(Map.of("database.read-timeout", "300"))) {
      node.jdbc().execute("alter table sync_jobs rename to elsewhere");
      try {
        node.jdbc().execute("drop view worker_tasks");
        Answer answer = send(node, "GET", "/api/workers/init", null, ADMIN);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().fieldNames())
            .toIterable()
            .containsExactly("success", "error", "message");
        assertThat(answer.json().get("success").asBoolean()).isFalse();
      } finally {
        node.jdbc().execute("alter table elsewhere rename to sync_jobs");
      }
    }
  }

  @Test
  void workers_startByThemselvesWhereTheyAreToldTo() {
    try (TestNode node = node(Map.of("auto.start-workers", "true"))) {
      assertThat(states(send(node, "GET", "/api/workers/init", null, ADMIN))).isEqualTo(RUNNING);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> node.count("nodes where cardinality(workers) = 3") == 1);
    }
  }

  @Test
  void tasks_areCountedByTheirState() {
    try (TestNode node = node(Map.of())) {
      node.jdbc()
          .update(
              "insert into sync_jobs (id, job, worker, status, queued, start_after)"
                  + " select gen_random_uuid(), 'spotify-sync', 'spotify-sync', s.status, s.queued, now() + s.wait"
                  + " from (values ('pending', true, interval '0'), ('pending', true, interval '0'),"
                  + "  ('pending', true, interval '1 hour'), ('in_progress', false, interval '0'),"
                  + "  ('completed', false, interval '0'), ('failed', false, interval '0')) as s (status, queued, wait)");
      node.jdbc()
          .update(
              "insert into sync_requests (run_id, n, source, record_kind, request, not_before)"
                  + " select id, 0, 'spotify', 'artist', '{}', 'infinity' from sync_jobs where status = 'in_progress'");

      JsonNode worker =
          send(node, "GET", "/api/workers/init", null, ADMIN).json().get("workers").get(1);

      assertThat(worker.get("name").asText()).isEqualTo("spotify-sync");
      assertThat(worker.get("waiting").asInt()).isEqualTo(2);
      assertThat(worker.get("delayed").asInt()).isEqualTo(1);
      assertThat(worker.get("active").asInt()).isEqualTo(1);
      assertThat(worker.get("completed").asInt()).isEqualTo(1);
      assertThat(worker.get("failed").asInt()).isEqualTo(1);
    }
  }

  @Test
  void syncOfWhatIsNoEntity_isRefusedWithThoseThatAre() {
    try (TestNode node = node(Map.of())) {
      Answer song =
          send(node, "POST", "/api/sync", "{\"entityType\":\"song\",\"id\":\"x\"}", ADMIN);
      assertThat(song.status()).isEqualTo(400);
      assertThat(song.json().get("detail").asText()).contains("artist, venue, show");

      String unknown = "{\"entityType\":\"show\",\"id\":\"" + UUID.randomUUID() + "\"}";
      Answer none = send(node, "POST", "/api/sync", unknown, ADMIN);
      assertThat(none.status()).as(none.body()).isEqualTo(400);
      assertThat(none.json().get("detail").asText()).contains("there is no show with the id");
      for (String body : new String[] {"", "[]", "{\"entityType\":\"show\",\"more\":1}", "{"}) {
        assertThat(send(node, "POST", "/api/sync", body, ADMIN).status()).as(body).isEqualTo(400);
      }
      assertThat(node.count("sync_jobs")).isZero();
    }
  }

  @Test
  void syncOfAVenue_isQueuedAndItsProgressIsPublic() {
    try (TestNode node = node(Map.of())) {
      UUID venue = UUID.randomUUID();
      node.jdbc().update("insert into venues (id, name) values (?, 'Nowhere')", venue);

      Answer started =
          send(
              node,
              "POST",
              "/api/sync",
              "{\"entityType\":\"venue\",\"id\":\"" + venue + "\",\"forceRefresh\":true}",
              ADMIN);

      assertThat(started.status()).as(started.body()).isEqualTo(202);
      Answer progress =
          new Http(node.node().ports().http()).get(started.json().get("progress").asText());
      assertThat(progress.json().get("status").asText()).isEqualTo("pending");
      assertThat(progress.json().get("entityId").asText()).isEqualTo(venue.toString());
      assertThat(node.count("sync_jobs where queued and metadata ->> 'force_refresh' = 'true'"))
          .isEqualTo(1);
      node.jdbc().update("update venues set sync_status = 'error'");
      Answer again =
          send(node, "POST", "/api/sync", "{\"status\":\"error\",\"entityType\":\"venue\"}", ADMIN);
      assertThat(again.json().get("queued").asInt()).isEqualTo(1);
    }
  }

  @Test
  void masterSync_isStartedByTheSchedulersTokenAlone() {
    try (TestNode node = node(Map.of())) {
      assertThat(
              new Http(node.node().ports().http())
                  .send("POST", "/api/cron/master-sync", null)
                  .status())
          .isEqualTo(401);
      Answer started = send(node, "POST", "/api/cron/master-sync", null, CRON);
      assertThat(started.status()).as(started.body()).isEqualTo(202);
      Answer report =
          new Http(node.node().ports().http()).get(started.json().get("progress").asText());
      assertThat(report.json().get("runs")).isNotEmpty();
      Answer none = send(node, "POST", "/api/cron/no-such-job", null, CRON);
      assertThat(none.status()).isEqualTo(400);
      assertThat(none.json().get("detail").asText()).contains("the jobs are");
    }
  }
}
