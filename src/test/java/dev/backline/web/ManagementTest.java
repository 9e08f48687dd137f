package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.Settings;
import dev.backline.StartFailed;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port for those who run a node: health, metrics, Jolokia, and the same over JMX (S139). */
class ManagementTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";
  private static final String CRON = "cron-secret-of-this-test-0123456789abcd";

  private static Sandbox sandbox;
  private static TestNode node;
  private static Http management;
  private static Http http;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 20));
    node =
        TestNode.serve(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of("admin.api-key", ADMIN, "cron.secret", CRON));
    node.sync("upcoming-shows");
    management = new Http(node.node().ports().management());
    http = new Http(node.node().ports().http());
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  // --- Health -----------------------------------------------------------------------------------

  @Test
  void databaseWithoutAPassword_isReached() {
    String trusting = Postgres.create().replace("postgres:@", "postgres@");
    try (TestNode alone = TestNode.serve(trusting, URI.create("http://127.0.0.1:9"), Map.of())) {
      assertThat(new Http(alone.node().ports().management()).get("/observe/health/ready").status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/observe/health", "/observe/health/live", "/observe/health/ready"})
  void nodeThatIsWell_isUp(String path) {
    Answer answer = management.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("status").asText()).isEqualTo("UP");
  }

  @Test
  void routeThatIsStopped_makesTheNodeNotReadyUntilItIsStarted() throws JMException {
    try {
      invoke("api-venues", "stop");
      assertThat(management.get("/observe/health/ready").status()).isEqualTo(503);
      assertThat(management.get("/observe/health/live").status()).isEqualTo(200);
    } finally {
      invoke("api-venues", "start");
    }
    assertThat(management.get("/observe/health/ready").status()).isEqualTo(200);
  }

  // --- Metrics ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jvm_memory_used_bytes{area=\"heap\"",
        "jvm_threads_live_threads",
        "process_cpu_usage",
        "process_uptime_seconds",
        "camel_exchanges_total{",
        "camel_exchanges_failed_total{",
        "camel_exchanges_inflight{",
        "hikaricp_connections_active{pool=\"backline\"}",
        "hikaricp_connections_idle{pool=\"backline\"}",
        "hikaricp_connections_pending{pool=\"backline\"}",
        "hikaricp_connections_max{pool=\"backline\"} 10.0",
        "hikaricp_connections_max{pool=\"backline-reads\"} 10.0"
      })
  void metrics_tellOfJvmRoutesAndPools(String metric) {
    assertThat(management.get("/observe/metrics").body()).contains(metric);
  }

  @Test
  void metrics_holdNeitherSecretsNorStatementsNorQueries() {
    http.get("/api/shows?q=canary-query", "Authorization", "Bearer " + ADMIN);
    String metrics = management.get("/observe/metrics").body();
    assertThat(metrics)
        .contains("routes/sql/api-shows.sql", "direct://land")
        .doesNotContain(ADMIN, CRON, TestNode.KEY, "apikey", "canary-query", "select ", "password");
  }

  // --- Jolokia ----------------------------------------------------------------------------------

  private static JsonNode jolokia(String request) {
    return management.send("POST", "/observe/jolokia/", request.replace('\'', '"')).json();
  }

  private static String route(String id) {
    return "org.apache.camel:context=backline,type=routes,name=\\'" + id + "\\'";
  }

  @Test
  void jolokia_readsAndDrivesARoute() {
    String state =
        "{'type':'read','mbean':'%s','attribute':'State'}".formatted(route("api-venues"));
    String call = "{'type':'exec','mbean':'%s','operation':'%s()'}";

    assertThat(jolokia(state).get("value").asText()).isEqualTo("Started");
    jolokia(call.formatted(route("api-venues"), "suspend"));
    assertThat(jolokia(state).get("value").asText()).isEqualTo("Suspended");
    Answer suspended = http.get("/api/venues");
    jolokia(call.formatted(route("api-venues"), "resume"));
    assertThat(http.get("/api/venues").status()).isEqualTo(200);
    jolokia(call.formatted(route("api-venues"), "stop"));
    Answer stopped = http.get("/api/venues");
    jolokia(call.formatted(route("api-venues"), "start"));
    assertThat(http.get("/api/venues").status()).isEqualTo(200);

    for (Answer answer : Set.of(suspended, stopped)) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.type()).isEqualTo("application/problem+json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'exec','mbean':'<route>','operation':'remove()'}",
        "{'type':'exec','mbean':'<route>','operation':'stop(long)','arguments':[1]}",
        "{'type':'exec','mbean':'<route>','operation':'updateRouteFromXml(java.lang.String)','arguments':['x']}",
        "{'type':'write','mbean':'<route>','attribute':'StatisticsEnabled','value':false}",
        "{'type':'exec','mbean':'org.apache.camel:context=backline,type=context,name=\\'backline\\'','operation':'stop()'}",
        "{'type':'exec','mbean':'org.apache.camel:context=backline,type=context,name=\\'backline\\'','operation':'sendStringBody(java.lang.String,java.lang.String)','arguments':['direct:plan','x']}",
        "{'type':'read','mbean':'java.lang:type=Runtime','attribute':'SystemProperties'}",
        "{'type':'read','mbean':'com.zaxxer.hikari:*'}",
        "{'type':'exec','mbean':'com.sun.management:type=DiagnosticCommand','operation':'vmVersion()'}",
        "{'type':'exec','mbean':'java.util.logging:type=Logging','operation':'setLoggerLevel','arguments':['','FINE']}"
      })
  void whatThePolicyDoesNotName_isRefused(String request) {
    JsonNode answer = jolokia(request.replace("<route>", route("api-venues")));
    assertThat(answer.get("status").asInt()).as(answer.toString()).isIn(403, 404);
    assertThat(answer.has("value")).isFalse();
  }

  @Test
  void jolokiaByGet_changesNothing() {
    String path = "org.apache.camel:context=backline,name=%22api-venues%22,type=routes/";
    for (String call : Set.of("exec/" + path + "stop()", "read/" + path + "State")) {
      assertThat(management.get("/observe/jolokia/" + call).json().get("status").asInt())
          .as(call)
          .isEqualTo(403);
    }
    assertThat(http.get("/api/venues").status()).isEqualTo(200);
  }

  @Test
  void whatABrowserSends_isRefused() {
    assertThat(
            management
                .send("POST", "/observe/jolokia/", "{}", "Origin", "http://evil.example")
                .status())
        .isEqualTo(403);
    assertThat(management.get("/observe/health", "Origin", "null").status()).isEqualTo(403);
    assertThat(management.get("/observe/env").status()).isEqualTo(404);
  }

  // --- Hawtio -----------------------------------------------------------------------------------

  @Test
  void hawtio_isServedAndItsOwnPagesReachJolokia() {
    String own = "http://" + node.node().ports().management().getAuthority();
    Answer page = management.get("/hawtio/");
    assertThat(page.type()).startsWith("text/html");
    assertThat(page.body()).contains("<base href=\"/hawtio/\"");
    var script = Pattern.compile("src=\"(/hawtio/static/js/[^\"]+)\"").matcher(page.body());
    assertThat(script.find()).isTrue();
    assertThat(management.get(script.group(1)).type()).contains("javascript");
    assertThat(management.get("/hawtio/camel/routes").body()).isEqualTo(page.body());
    assertThat(management.get("/hawtio").status()).isEqualTo(302);
    assertThat(management.get("/").status()).isEqualTo(302);
    assertThat(management.get("/hawtio/user").json().asText()).isEqualTo("public");

    String version = "{\"type\":\"version\"}";
    Answer answer =
        management.send(
            "POST", "/hawtio/jolokia/", version, "Origin", own, "Sec-Fetch-Site", "same-origin");
    assertThat(answer.json().at("/value/agent").asText()).isNotBlank();
    for (String foreign : Set.of("http://evil.example", "null", own.replace("http:", "https:"))) {
      assertThat(management.send("POST", "/hawtio/jolokia/", version, "Origin", foreign).status())
          .as(foreign)
          .isEqualTo(403);
    }
    assertThat(management.get("/hawtio/user", "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/hawtio/../dev/backline/App.class",
        "/hawtio/%2e%2e/dev/backline/App.class",
        "/hawtio/..%2fdev%2fbackline%2fApp.class",
        "/hawtio/WEB-INF/web.xml"
      })
  void hawtio_servesNothingButItsPages(String path) {
    Answer answer = management.get(path);
    assertThat(answer.status() == 404 || answer.body().contains("<base href=\"/hawtio/\""))
        .as(answer.status() + " " + answer.body())
        .isTrue();
  }

  @Test
  void managementPaths_areNotOnThePublicPortNorTheReverse() {
    for (String path :
        Set.of("/observe/health", "/observe/health/live", "/observe/metrics", "/observe/jolokia")) {
      assertThat(http.get(path).status()).as(path).isEqualTo(404);
      assertThat(http.get(path, "Authorization", "Bearer " + ADMIN).status())
          .as(path)
          .isEqualTo(404);
    }
    assertThat(management.get("/api/shows").status()).isEqualTo(404);
  }

  // --- JMX --------------------------------------------------------------------------------------

  private static final MBeanServer MBEANS = ManagementFactory.getPlatformMBeanServer();

  private static ObjectName name(String id) throws JMException {
    return new ObjectName("org.apache.camel:context=backline,type=routes,name=\"" + id + "\"");
  }

  private static void invoke(String id, String operation) throws JMException {
    MBEANS.invoke(name(id), operation, null, null);
  }

  @Test
  void everyRoute_isRegisteredOverJmx() throws JMException {
    Set<String> registered = new TreeSet<>();
    for (ObjectName name : MBEANS.queryNames(name("*"), null)) {
      registered.add(ObjectName.unquote(name.getKeyProperty("name")));
    }
    assertThat(registered).isEqualTo(new TreeSet<>(node.node().routes())).hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api-shows", "ticketmaster-pages", "apply-pages", "upcoming-shows", "land"})
  void route_isStoppedStartedSuspendedAndResumedOverJmx(String id) throws JMException {
    invoke(id, "stop");
    assertThat(MBEANS.getAttribute(name(id), "State")).isEqualTo("Stopped");
    invoke(id, "start");
    assertThat(MBEANS.getAttribute(name(id), "State")).isEqualTo("Started");
    invoke(id, "suspend");
    assertThat(MBEANS.getAttribute(name(id), "State")).isEqualTo("Suspended");
    invoke(id, "resume");
    assertThat(MBEANS.getAttribute(name(id), "State")).isEqualTo("Started");
  }

  @Test
  void routeCountsItsExchanges_overJmx() throws JMException {
    long before = (long) MBEANS.getAttribute(name("api-artists"), "ExchangesTotal");
    http.get("/api/artists");
    http.get("/api/artists?page=0");
    assertThat(MBEANS.getAttribute(name("api-artists"), "ExchangesTotal")).isEqualTo(before + 2);
    assertThat(MBEANS.getAttribute(name("api-artists"), "ExchangesInflight")).isEqualTo(0L);
    assertThat((long) MBEANS.getAttribute(name("api-artists"), "MeanProcessingTime"))
        .isNotNegative();
  }

  @Test
  void nodeOfACommand_opensNoPort() {
    try (TestNode command = TestNode.start(sandbox.ticketmaster())) {
      assertThat(command.node().routes()).contains("api-shows");
      assertThatThrownBy(() -> command.node().ports()).isInstanceOf(IllegalStateException.class);
    }
  }

  // --- Where it listens -------------------------------------------------------------------------

  private static Settings settings(Map<String, String> more) {
    return TestNode.settings(Postgres.create(), sandbox.ticketmaster(), more);
  }

  @Test
  void managementElsewhereThanLoopback_needsTheOperatorsKey() {
    Map<String, String> open =
        Map.of(
            "backline.management-host", "0.0.0.0",
            "backline.management-port", "0",
            "backline.http-port", "0");
    assertThatThrownBy(() -> TestNode.serve(Postgres.create(), sandbox.ticketmaster(), open))
        .isInstanceOf(StartFailed.class)
        .hasMessageContainingAll("backline.management-host", "ADMIN_API_KEY", "127.0.0.1")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(
            () -> Ports.look(settings(open).with(Map.of("admin.api-key", "too-short")), true))
        .isInstanceOf(Settings.Invalid.class);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void managementElsewhereThanLoopback_asksForTheKeyButForHealth() {
    try (TestNode open =
        TestNode.serve(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of("backline.management-host", "0.0.0.0", "admin.api-key", ADMIN))) {
      Http port = new Http(open.node().ports().management());
      assertThat(port.get("/observe/health/ready").status()).isEqualTo(200);
      assertThat(port.get("/observe/health?exposureLevel=full").status()).isEqualTo(401);
      assertThat(port.get("/observe/metrics").status()).isEqualTo(401);
      assertThat(port.send("POST", "/observe/jolokia/", "{}").status()).isEqualTo(401);
      assertThat(port.get("/observe/metrics", "Authorization", "Bearer " + ADMIN).status())
          .isEqualTo(200);
      assertThat(port.get("/hawtio/").status()).isEqualTo(401);
      assertThat(port.get("/hawtio/", "Authorization", basic("me:" + ADMIN)).status())
          .isEqualTo(200);
      for (String wrong : Set.of(basic("me:" + ADMIN + "x"), basic("me:"), "Basic %%%", "Basic ")) {
        assertThat(port.get("/hawtio/", "Authorization", wrong).status()).as(wrong).isEqualTo(401);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"backline.http-port", "backline.management-port"})
  void portThatIsTaken_isNamedWithItsSettingAndNothingGoesOn(String key) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  TestNode.serve(
                      Postgres.create(),
                      sandbox.ticketmaster(),
                      Map.of(key, String.valueOf(taken.getLocalPort()))))
          .isInstanceOf(StartFailed.class)
          .hasMessageContainingAll("port " + taken.getLocalPort(), key, Settings.variable(key))
          .hasMessageNotContaining("\n");
    }
  }
}
