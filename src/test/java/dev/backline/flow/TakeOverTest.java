package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.LiveNode;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node that was killed or frozen in the midst of a page: another one goes on, and nothing is
 * written twice.
 */
class TakeOverTest {
  private static final String PAGE =
      "{\"_embedded\":{\"attractions\":[{\"id\":\"K1\",\"name\":\"Moon\",\"type\":\"attraction\",\"locale\":\"en-us\","
          + "\"classifications\":[{\"primary\":true,\"segment\":{\"id\":\"KZFzniwnSyZfZ7v7nJ\",\"name\":\"Music\"}}]}]},"
          + "\"page\":{\"size\":200,\"totalElements\":1,\"totalPages\":1,\"number\":0}}";

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP"})
  void nodeThatIsGoneInTheMidstOfAPage_isTakenOverAndWritesNothingWhenItWakes(
      String signal, @TempDir Path folder) throws IOException, InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    String database = Postgres.create();
    try (FakeApi api =
        FakeApi.concurrent(
            call -> {
              if (calls.incrementAndGet() == 1) {
                asked.countDown();
                await(answer); // The first node waits for its answer while it is stopped.
              }
              return Answer.of(PAGE);
            })) {
      Map<String, String> environment = LiveNode.environment(database, api.at("/"));
      environment.put("BACKLINE_HTTP_PORT", "0");
      environment.put("BACKLINE_MANAGEMENT_PORT", "0");
      environment.put("FETCH_RESPONSE_TIMEOUT", "60000");
      environment.put("NODES_HEARTBEAT_DELAY", "300");
      environment.put("NODES_SILENT_SECONDS", "2");
      try (LiveNode gone = LiveNode.start(folder, environment);
          TestNode watching =
              TestNode.start(
                  database,
                  api.at("/"),
                  Map.of(
                      "nodes.heartbeat-delay", "300",
                      "nodes.silent-seconds", "2"))) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> watching.count("nodes") == 2);
        watching.invoke("ticketmaster-pages", "stop");
        UUID run = watching.begin("lookup", "attraction=K1");
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

        gone.signal(signal);
        watching.invoke("ticketmaster-pages", "start");

        assertThat(watching.await(run).status()).isEqualTo("completed");
        assertThat(calls).hasValue(2);
        assertThat(watching.count("sync_requests where token = 2 and state = 'done'")).isEqualTo(1);
        if (signal.equals("STOP")) {
          String before = physical(watching);
          answer.countDown();
          gone.signal("CONT");
          gone.awaitLine(0, line -> line.contains(" failed in route "));
          assertThat(physical(watching)).isEqualTo(before);
        }
        assertThat(watching.count("artists")).isEqualTo(1);
        assertThat(watching.count("source_pages")).isEqualTo(1);
      } finally {
        answer.countDown();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Which transaction wrote each row of what a page writes. */
  private static String physical(TestNode node) {
    return node.jdbc()
        .queryForObject(
            "select string_agg(x, ',' order by x) from ("
                + "select 'r' || ctid || xmin from source_records union all select 'a' || ctid || xmin from artists"
                + " union all select 'p' || ctid || xmin from source_pages"
                + " union all select 'l' || ctid || xmin from source_links) t (x)",
            String.class);
  }
}
