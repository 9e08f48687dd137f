package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.Running;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that open the ports of a node, and the one that talks to them, as processes. */
class ServingTest {
  @TempDir Path folder;

  /** What a command did. */
  private record Outcome(int exitCode, String out, String err) {}

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    try (Running command = Running.start(folder, environment, arguments)) {
      int exitCode = command.exitCode();
      return new Outcome(exitCode, command.out(), command.err());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, String> managementPort(int port) {
    return Map.of("BACKLINE_MANAGEMENT_PORT", String.valueOf(port));
  }

  // --- routes -----------------------------------------------------------------------------------

  @Test
  void routes_areListedStoppedAndStartedInTheRunningInstance() throws Exception {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(7, 5));
        TestNode node = TestNode.serve(Postgres.create(), sandbox.ticketmaster(), Map.of())) {
      node.sync("upcoming-shows");
      Map<String, String> environment = managementPort(node.node().ports().management().getPort());

      Outcome list = run(environment, "routes");
      assertThat(list.exitCode()).as(list.err()).isZero();
      assertThat(list.out())
          .containsPattern("ROUTE +STATE +TOTAL +FAILED +IN FLIGHT +MEAN MS")
          .containsPattern("(?m)^land +Started +[1-9]\\d* +0 +0 +\\d+$");

      Outcome json = run(environment, "routes", "--json");
      JsonNode routes = new ObjectMapper().readTree(json.out());
      assertThat(routes).hasSize(node.node().routes().size());
      assertThat(routes.get(0).fieldNames())
          .toIterable()
          .containsExactly(
              "route",
              "state",
              "exchanges_total",
              "exchanges_failed",
              "exchanges_in_flight",
              "mean_ms");

      assertThat(run(environment, "routes", "--statements").out())
          .containsPattern("STATEMENT +RUNS +TOTAL MS +MEAN MS +LONGEST MS")
          .containsPattern("(?m)^land-page\\.sql +[1-9]\\d* +\\d+ +[\\d.]+ +[\\d.]+$");
      JsonNode statements =
          new ObjectMapper().readTree(run(environment, "routes", "--statements", "--json").out());
      assertThat(statements.get(0).get("runs").asLong()).isPositive();
      assertThat(statements.findValues("total_ms").stream().map(JsonNode::asLong))
          .as("the slowest in all first")
          .isSortedAccordingTo(Comparator.reverseOrder());

      assertThat(run(environment, "routes", "stop", "api-shows").out())
          .isEqualToIgnoringNewLines("api-shows is stopped");
      assertThat(run(environment, "routes", "start", "api-shows").out())
          .isEqualToIgnoringNewLines("api-shows is started");
      assertThat(run(environment, "routes", "suspend", "api-shows").out())
          .isEqualToIgnoringNewLines("api-shows is suspended");
      assertThat(run(environment, "routes", "resume", "api-shows").out())
          .isEqualToIgnoringNewLines("api-shows is started");

      Outcome unknown = run(environment, "routes", "stop", "api-show");
      assertThat(unknown.exitCode()).isEqualTo(2);
      assertThat(unknown.err().lines())
          .singleElement()
          .asString()
          .contains("there is no route 'api-show'", "./backline routes");
    }
  }

  @Test
  void routesWithoutARunningInstance_isOneLine() throws Exception {
    int port = freePort();
    for (String[] arguments : new String[][] {{"routes"}, {"routes", "stop", "land"}}) {
      Outcome routes = run(managementPort(port), arguments);
      assertThat(routes.exitCode()).isEqualTo(1);
      assertThat(routes.err().lines())
          .singleElement()
          .asString()
          .contains("no instance is running", "127.0.0.1:" + port, "BACKLINE_MANAGEMENT_PORT");
    }
  }

  @Test
  void whatAnswersAndIsNoBackline_isSaid() throws Exception {
    try (Sandbox other = Sandbox.start(Sandbox.Options.of(7, 1))) {
      Outcome routes = run(managementPort(other.uri().getPort()), "routes");
      assertThat(routes.exitCode()).isEqualTo(1);
      assertThat(routes.err().lines()).singleElement();
    }
  }

  // --- demo and run -----------------------------------------------------------------------------

  @Test
  void demo_printsWhereTheApiIsAndEndsWhenItIsTold() throws Exception {
    Map<String, String> environment = new HashMap<>(managementPort(0));
    try (Running demo =
        Running.start(folder, environment, "demo", "--artists", "10", "--port", "0")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> demo.out().contains("the schedules run on") || !demo.alive());
      Matcher url =
          Pattern.compile("the API at (http://127\\.0\\.0\\.1:\\d+)/").matcher(demo.out());
      assertThat(url.find()).as(demo.out() + demo.err()).isTrue();
      Http http = new Http(URI.create(url.group(1)));
      assertThat(http.get("/api/shows").json().get("total").asInt()).isPositive();
      assertThat(http.get("/api/jobs").status()).isEqualTo(401);

      demo.stop();

      assertThat(demo.exitCode()).isEqualTo(128 + 15);
    }
  }

  @Test
  void runOnATakenPort_isOneLineAndTheProcessIsGone() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment = new HashMap<>(managementPort(0));
      environment.put("BACKLINE_HTTP_HOST", "127.0.0.1");
      environment.put("BACKLINE_HTTP_PORT", String.valueOf(taken.getLocalPort()));
      environment.put("DATABASE_URL", Postgres.create());

      Outcome run = run(environment, "run");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines().filter(line -> line.startsWith("backline: ")))
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort(), "BACKLINE_HTTP_PORT", "backline.http-port");
      assertThat(run.err()).doesNotContain("\tat ");
    }
  }
}
