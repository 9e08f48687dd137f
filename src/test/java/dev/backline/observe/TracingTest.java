package dev.backline.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a collector gets of a run; the strings of a message stand in it as they are. */
class TracingTest {
  private static final List<String> paths = new CopyOnWriteArrayList<>();
  private static final StringBuffer received = new StringBuffer();

  private static HttpServer collector;
  private static Run run;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 20));
    collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
          }
          paths.add(exchange.getRequestURI().getPath());
          received.append(new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (TestNode node =
        TestNode.start(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of("otel.exporter.otlp.endpoint", endpoint))) {
      run = node.sync("upcoming-shows");
    }
  }

  @AfterAll
  static void stop() {
    collector.stop(0);
    sandbox.close();
  }

  private static int times(String text) {
    return received.toString().split(java.util.regex.Pattern.quote(text), -1).length - 1;
  }

  @Test
  void spansOfARun_saySourceJobAndRun() {
    assertThat(run.status()).isEqualTo("completed");
    assertThat(paths).isNotEmpty().containsOnly("/v1/traces");
    assertThat(received.toString())
        .contains("backline.run", run.id().toString(), "upcoming-shows", "service.name");
  }

  @Test
  void steps_areSpans() {
    for (String step : List.of("fetch", "land", "apply", "ticketmaster-call", "close-run")) {
      assertThat(times("direct://" + step)).as(step).isPositive();
    }
    assertThat(times("land-page.sql")).isPositive();
  }

  @Test
  void looksForWorkAndSingleRecords_areNone() {
    assertThat(received.toString())
        .doesNotContain(
            "claim-request.sql", "scheduler:", "direct://ticketmaster-event", "complete-runs.sql");
  }

  @Test
  void nothingThatIsSent_holdsAKeyOrAnAddressOfASource() {
    assertThat(received.toString())
        .doesNotContain(TestNode.KEY, "apikey", sandbox.ticketmaster().getPath() + "events");
  }
}
