package dev.backline.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.Samples;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dashboard and the alerts ask for is what a running node serves. */
class DashboardTest {
  private static final Path DASHBOARD = Path.of("config/grafana/dashboards/backline.json");
  private static final Path ALERTS = Path.of("config/prometheus/alerts.yml");

  /** Words of the query language, and {@code up}, which Prometheus itself makes. */
  private static final Set<String> WORDS =
      Set.of("by", "without", "on", "ignoring", "and", "or", "unless", "offset", "bool", "up");

  private static Sandbox sandbox;
  private static TestNode node;
  private static Set<String> served;
  private static Set<String> labels;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 20));
    node =
        TestNode.serve(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of("metrics.delay", "100", "metrics.count-delay", "100"));
    node.sync("upcoming-shows");
    Http management = new Http(node.node().ports().management());
    // Pauses are served from the first collection on: a short run in a large heap may have none.
    System.gc();
    Samples samples =
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> Samples.of(management.get("/observe/metrics").body()),
                s ->
                    s.value("backline_job_runs", "job", "upcoming-shows", "status", "completed")
                                .orElse(0)
                            == 1
                        && s.all().stream()
                            .anyMatch(sample -> sample.name().equals("jvm_gc_pause_seconds_sum")));
    served = samples.all().stream().map(Samples.Sample::name).collect(Collectors.toSet());
    labels = new HashSet<>(Set.of("instance", "job")); // which Prometheus adds
    samples.all().forEach(sample -> labels.addAll(sample.labels().keySet()));
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  private static List<String> queries() throws IOException {
    return new ObjectMapper()
        .readTree(DASHBOARD.toFile()).findValues("expr").stream().map(JsonNode::asText).toList();
  }

  private static JsonNode alerts() throws IOException {
    return new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile()).at("/groups/0/rules");
  }

  /** The names of metrics in a query: what is no function, label, word, value or duration. */
  static Set<String> metrics(String query) {
    String plain =
        query
            .replaceAll("\\{[^}]*}", "")
            .replaceAll("\\[[^]]*]", "")
            .replaceAll("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)", "");
    Set<String> names = new TreeSet<>();
    Matcher name = Pattern.compile("(?<![\\w.])[a-zA-Z_:][\\w:]*(?!\\w)(?!\\s*\\()").matcher(plain);
    while (name.find()) {
      if (!WORDS.contains(name.group())) {
        names.add(name.group());
      }
    }
    return names;
  }

  /** The labels that a query selects or groups by. */
  static Set<String> labels(String query) {
    Set<String> names = new TreeSet<>();
    Matcher selected = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"").matcher(query);
    while (selected.find()) {
      names.add(selected.group(1));
    }
    Matcher grouped = Pattern.compile("\\bby\\s*\\(([^)]*)\\)").matcher(query);
    while (grouped.find()) {
      names.addAll(List.of(grouped.group(1).trim().split("\\s*,\\s*")));
    }
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max by (source) (a_b{x=\"c\"}) / d_e | a_b,d_e | source,x",
        "topk(10, rate(a_b[$__rate_interval])) * 60 | a_b | ",
        "up{job=\"backline\"} == 0 | | job",
        "time() - max by (s) (a_b offset 1h) > 900 and a_c == 1 | a_b,a_c | s",
        "min_over_time((max by (s) (a_b))[30m:1m]) > 0 | a_b | s"
      })
  void nameOfAMetric_isToldFromTheRestOfAQuery(String query, String metrics, String labels) {
    assertThat(String.join(",", metrics(query))).isEqualTo(metrics == null ? "" : metrics);
    assertThat(String.join(",", labels(query))).isEqualTo(labels == null ? "" : labels);
  }

  @Test
  void everyMetricOfTheDashboard_isServedWithItsLabels() throws IOException {
    Set<String> asked = new TreeSet<>();
    Set<String> by = new TreeSet<>();
    for (String query : queries()) {
      assertThat(metrics(query)).as(query).isNotEmpty();
      asked.addAll(metrics(query));
      by.addAll(labels(query));
    }
    assertThat(asked).hasSizeGreaterThan(20).isSubsetOf(served);
    assertThat(by).hasSizeGreaterThan(5).isSubsetOf(labels);
  }

  @Test
  void everyMetricOfTheAlerts_isServedWithItsLabels() throws IOException {
    Set<String> asked = new TreeSet<>();
    Set<String> by = new TreeSet<>();
    for (JsonNode alert : alerts()) {
      asked.addAll(metrics(alert.get("expr").asText()));
      by.addAll(labels(alert.get("expr").asText()));
      assertThat(alert.at("/annotations/summary").asText()).as(alert.toString()).isNotBlank();
    }
    assertThat(asked).hasSizeGreaterThan(8).isSubsetOf(served);
    assertThat(by).isNotEmpty().isSubsetOf(labels);
  }

  @Test
  void everyMetricOfOurs_isOnTheDashboardOrAnAlert() throws IOException {
    Set<String> asked = new TreeSet<>();
    queries().forEach(query -> asked.addAll(metrics(query)));
    alerts().forEach(alert -> asked.addAll(metrics(alert.get("expr").asText())));
    Set<String> ours =
        served.stream().filter(name -> name.startsWith("backline_")).collect(Collectors.toSet());
    ours.removeAll(
        Set.of("backline_source_last_call_age_seconds", "backline_job_last_run_age_seconds"));
    assertThat(asked).containsAll(ours);
  }

  @Test
  void panels_haveTitlesAndReadTheProvisionedSource() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    String source =
        new ObjectMapper(new YAMLFactory())
            .readTree(Path.of("config/grafana/provisioning/datasources/prometheus.yml").toFile())
            .at("/datasources/0/uid")
            .asText();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).isTrue();
      assertThat(panel.get("title").asText()).isNotBlank();
      if (!panel.get("type").asText().equals("row")) {
        assertThat(panel.at("/datasource/uid").asText()).isEqualTo(source);
        assertThat(panel.get("description").asText()).isNotBlank();
      }
    }
    assertThat(ids).hasSizeGreaterThan(20);
  }
}
