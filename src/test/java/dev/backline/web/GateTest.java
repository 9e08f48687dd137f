package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before the public port, on a running node: closed unless a line opens it (S125). */
class GateTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";
  private static final String CRON = "cron-secret-of-this-test-0123456789abcd";
  private static final String ID = "00000000-0000-4000-8000-000000000001";

  private static Sandbox sandbox;
  private static TestNode node;
  private static Http http;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(3, 5));
    node =
        TestNode.serve(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of(
                "admin.api-key",
                ADMIN,
                "cron.secret",
                CRON,
                "visitor.secret",
                CRON + CRON,
                "web.largest-body-kb",
                "8"));
    http = new Http(node.node().ports().http());
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  private static Access access() {
    return Access.load(Path.of("config", "access.conf"));
  }

  private static String real(String path) {
    return path.replaceAll("\\{[^}]*}", ID);
  }

  // --- The table and the routes -----------------------------------------------------------------

  @Test
  void everyRouteOfTheRunningNode_hasItsLineAndEveryLineItsRoute() {
    Set<String> lines =
        access().rules().stream()
            .map(rule -> rule.method() + " " + rule.path())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(lines).isEqualTo(HttpRoutes.of(node)).hasSizeGreaterThan(8);
  }

  @Test
  void everyRouteOfTheRunningNode_isClosedUnlessItsLineSaysPublic() {
    Access access = access();
    for (String route : HttpRoutes.of(node)) {
      String method = route.split(" ")[0];
      String path = real(route.split(" ")[1]);
      Answer answer = http.send(method, path, null);
      boolean open = access.judge(method, path, Who.PUBLIC) == Access.Verdict.ALLOWED;
      if (path.equals("/ops/login") && method.equals("POST")) {
        assertThat(answer.status()).as("%s without the key", route).isEqualTo(401);
      } else if (open) {
        assertThat(answer.status()).as(route).isIn(200, 404);
      } else if (path.startsWith("/ops") && method.equals("GET")) {
        assertThat(answer.status()).as(route).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/ops/login");
      } else if (access.judge(method, path, Who.VISITOR) == Access.Verdict.ALLOWED) {
        if (method.equals("GET")) { // it changes nothing, and gets its cookie
          assertThat(answer.status()).as(route).isIn(200, 400, 404, 503);
        } else {
          assertThat(answer.status()).as("%s without an origin", route).isEqualTo(403);
        }
      } else {
        assertThat(answer.status()).as(route).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.type()).isEqualTo("application/problem+json");
      }
    }
  }

  @Test
  void everyRouteOfTheRunningNode_isOpenToAnOperator() {
    Set<String> routes = new TreeSet<>(HttpRoutes.of(node));
    routes.remove("POST /ops/login"); // it asks for the key in its form
    for (String route : routes) {
      Answer answer =
          http.send(
              route.split(" ")[0],
              real(route.split(" ")[1]),
              null,
              "Authorization",
              "Bearer " + ADMIN);
      assertThat(answer.status()).as(route).isNotIn(401, 403, 405, 500);
    }
  }

  @Test
  void pathThatDoesNotExist_looksLikeOneThatIsClosed() {
    Answer closed = http.get("/api/jobs");
    Answer none = http.get("/api/nothing");

    assertThat(none.status()).isEqualTo(closed.status()).isEqualTo(401);
    assertThat(none.body()).isEqualTo(closed.body());
    assertThat(none.response().headers().map()).isEqualTo(closed.response().headers().map());
  }

  @Test
  void operator_learnsWhatDoesNotExist() {
    Answer none = http.get("/api/nothing", "Authorization", "Bearer " + ADMIN);
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.type()).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer cron-secret-of-this-test-0123456789abcd,  403",
    "Bearer admin-key-of-this-test-0123456789abcdeF,  401",
    "Bearer admin-key-of-this-test-0123456789abcde,   401",
    "Bearer admin-key-of-this-test-0123456789abcdef,  200",
    "Basic YWRtaW46YWRtaW4=,                          401"
  })
  void closedRoute_opensToItsOwnTokenOnly(String authorization, int status) {
    Answer answer = http.get("/api/sources", "Authorization", authorization);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("status").asInt(200)).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/../api/jobs",
        "/api/./jobs",
        "/api/%6aobs",
        "/api//jobs",
        "//api/jobs",
        "/api/shows/../jobs",
        "/api/shows/%2e%2e/jobs",
        "/api/jobs/",
        "/API/jobs",
        "/api/jobs;x=/api/shows",
        "/api/shows%2f..%2fjobs"
      })
  void pathWrittenOtherwise_opensNothing(String path) throws IOException {
    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .matches("(?s)HTTP/1.1 (401|404) .*");
  }

  // --- Methods ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void methodThatAReadDoesNotTake_isNamedWithThoseItTakes(String method) {
    Answer answer = http.send(method, "/api/shows", "{}");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(answer.type()).isEqualTo("application/problem+json");
  }

  @Test
  void head_isGetWithoutItsBody() {
    Answer get = http.get("/api/shows");
    Answer head = http.send("HEAD", "/api/shows", null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String header : Set.of("Content-Type", "Content-Length", "ETag", "Cache-Control")) {
      assertThat(head.header(header)).as(header).isEqualTo(get.header(header)).isNotNull();
    }
  }

  @Test
  void options_tellsTheMethodsOfAnOpenPathOnly() {
    Answer open = http.send("OPTIONS", "/api/shows", null);
    assertThat(open.status()).isEqualTo(204);
    assertThat(open.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(http.send("OPTIONS", "/api/jobs", null).status()).isEqualTo(401);
    assertThat(http.send("OPTIONS", "/api/nothing", null).status()).isEqualTo(401);
  }

  // --- What a client brings in ------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CamelHttpResponseCode: 201",
        "camelhttpresponsecode: 201",
        "CamelSqlQuery: select 1",
        "CamelHttpRawQuery: page=2",
        "CamelHttpPath: /api/jobs",
        "org.apache.camel.Test: x",
        "found: {}",
        "id: " + ID,
        "page: 2",
        "q: x"
      })
  void headerThatWouldSteerARoute_changesNothing(String header) {
    String[] sides = header.split(": ");
    Answer plain = http.get("/api/artists");
    Answer steered = http.get("/api/artists", sides[0], sides[1]);
    assertThat(steered.status()).isEqualTo(200);
    assertThat(steered.body()).isEqualTo(plain.body());
    assertThat(steered.response().headers().map()).isEqualTo(plain.response().headers().map());
  }

  @Test
  void headersOfARequest_doNotComeBack() {
    Answer answer =
        http.get("/api/shows", "Cookie", "a=canary-1", "User-Agent", "canary-2", "Via", "canary-3");
    assertThat(answer.response().headers().map().toString()).doesNotContain("canary");
  }

  @Test
  void answers_tellBrowsersToRunNothing() {
    Answer answer = http.get("/api/shows");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
  }

  // --- Limits -----------------------------------------------------------------------------------

  @Test
  void bodyOverTheLimit_isRefusedByItsLength() {
    Answer answer =
        http.send("POST", "/api/x", "x".repeat(9000), "Authorization", "Bearer " + ADMIN);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.type()).isEqualTo("application/problem+json");
  }

  @Test
  void bodyOverTheLimitWithoutALength_isRefusedWhileItArrives() {
    byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    Answer answer =
        http.publish(
            "GET",
            "/api/shows",
            HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.type()).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/shows?q=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /api/shows HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\nConnection: close\r\n\r\n",
        "GET /api/shows/%ff%fe%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      })
  void requestThatCannotBeRead_isNoFailureOfOurs(String request) throws IOException {
    assertThat(raw(request)).startsWith("HTTP/1.1 4");
  }

  private static String raw(String request) throws IOException {
    URI uri = node.node().ports().http();
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
