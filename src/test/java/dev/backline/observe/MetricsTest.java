package dev.backline.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.Http;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.Samples;
import dev.backline.testkit.Samples.Sample;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a node shows for scraping of sources, jobs, queue, dead letters and entities (S43, S76). */
class MetricsTest {
  private static Sandbox sandbox;
  private static TestNode node;
  private static Http management;
  private static Run run;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 20));
    node =
        TestNode.serve(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of(
                "metrics.delay", "100",
                "metrics.count-delay", "100",
                "ticketmaster.rate-limit-per-day", "5000"));
    run = node.sync("upcoming-shows");
    await(
        samples ->
            samples
                    .value("backline_job_runs", "job", "upcoming-shows", "status", "completed")
                    .orElse(0)
                == 1);
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  private static Samples samples() {
    return Samples.of(management().get("/observe/metrics").body());
  }

  private static Http management() {
    if (management == null) {
      management = new Http(node.node().ports().management());
    }
    return management;
  }

  private static Samples await(Predicate<Samples> wanted) {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).until(MetricsTest::samples, wanted);
  }

  private static boolean is(Samples samples, double value, String name, String... labels) {
    return samples.value(name, labels).equals(java.util.OptionalDouble.of(value));
  }

  // --- The table --------------------------------------------------------------------------------

  /** Every metric of the table with its labels. */
  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> metrics = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("docs", "reference.md"))) {
      if (line.startsWith("| `backline_")) {
        String[] cells = line.split("\\|");
        metrics.put(
            cells[1].trim().replace("`", ""),
            Set.of(cells[2].trim().replace("`", "").split(",\\s*")));
      }
    }
    return metrics;
  }

  @Test
  void reference_namesEveryMetricThatIsServedAndNoOther() throws IOException {
    Map<String, Set<String>> served =
        samples().all().stream()
            .filter(sample -> sample.name().startsWith("backline_"))
            .collect(
                Collectors.toMap(
                    Sample::name,
                    sample -> sample.labels().keySet(),
                    (one, other) -> {
                      assertThat(one).isEqualTo(other);
                      return one;
                    },
                    TreeMap::new));
    assertThat(served).isEqualTo(documented()).hasSizeGreaterThan(20);
  }

  @Test
  void values_areFewWordsAndNoneIsASecret() {
    List<Sample> ours =
        samples().all().stream().filter(s -> s.name().startsWith("backline_")).toList();
    Set<String> words =
        ours.stream()
            .flatMap(s -> s.labels().values().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(words).allMatch(word -> word.matches("[a-z_]+(-[a-z_]+)*(\\.sql)?"));
    assertThat(ours).hasSizeLessThan(1000);
    assertThat(management().get("/observe/metrics").body()).doesNotContain(TestNode.KEY);
  }

  // --- Sources ----------------------------------------------------------------------------------

  @Test
  void callsOfTheDay_areCountedAgainstTheLimit() {
    long used =
        node.jdbc()
            .queryForObject(
                "select used from source_quota where source = 'ticketmaster'", Long.class);
    Samples samples =
        await(s -> is(s, used, "backline_source_calls_used", "source", "ticketmaster"));
    assertThat(used).isPositive();
    assertThat(is(samples, 5000, "backline_source_calls_limit", "source", "ticketmaster")).isTrue();
    assertThat(
            is(samples, 5000 - used, "backline_source_calls_remaining", "source", "ticketmaster"))
        .isTrue();
    assertThat(samples.value("backline_source_last_success_age_seconds", "source", "ticketmaster"))
        .isPresent();
    assertThat(samples.value("backline_source_last_success_age_seconds", "source", "spotify"))
        .as("never called")
        .isEmpty();
    assertThat(is(samples, 1, "backline_source_enabled", "source", "ticketmaster")).isTrue();
    assertThat(is(samples, 0, "backline_source_enabled", "source", "spotify")).isTrue();
  }

  @Test
  void sourceThatIsParkedOrWhoseBreakerIsOpen_isShownUntilItIsNot() {
    await(s -> is(s, 0, "backline_source_parked", "source", "ticketmaster"));
    node.jdbc()
        .update(
            "update source_quota set blocked_until = now() + interval '1 hour', breaker = 'open'");
    await(
        s ->
            is(s, 1, "backline_source_parked", "source", "ticketmaster")
                && is(s, 1, "backline_source_breaker_open", "source", "ticketmaster"));
    node.jdbc().update("update source_quota set blocked_until = null, breaker = 'closed'");
    await(
        s ->
            is(s, 0, "backline_source_parked", "source", "ticketmaster")
                && is(s, 0, "backline_source_breaker_open", "source", "ticketmaster"));
  }

  // --- Jobs -------------------------------------------------------------------------------------

  @Test
  void lastRunOfAJob_isShownWithItsBooksAndItsDuration() {
    Samples samples = samples();
    String job = "upcoming-shows";
    assertThat(is(samples, 1, "backline_job_last_run_status", "job", job, "status", "completed"))
        .isTrue();
    assertThat(is(samples, 0, "backline_job_last_run_status", "job", job, "status", "failed"))
        .isTrue();
    assertThat(
            is(
                samples,
                run.fetched(),
                "backline_job_last_run_records",
                "job",
                job,
                "outcome",
                "fetched"))
        .isTrue();
    assertThat(
            is(
                samples,
                run.inserted(),
                "backline_job_last_run_records",
                "job",
                job,
                "outcome",
                "inserted"))
        .isTrue();
    assertThat(run.inserted()).isPositive();
    assertThat(samples.value("backline_job_last_run_duration_seconds", "job", job).orElseThrow())
        .isEqualTo(Duration.between(run.startedAt(), run.completedAt()).toNanos() / 1e9);
  }

  @Test
  void jobWhoseRunsAreGone_isNoLongerShown() {
    String insert =
        "insert into sync_jobs (id, job, status, completed_at) values (gen_random_uuid(), 'passing', 'failed', now())";
    node.jdbc().update(insert);
    await(s -> is(s, 1, "backline_job_last_run_status", "job", "passing", "status", "failed"));
    node.jdbc().update("delete from sync_jobs where job = 'passing'");
    await(s -> s.all().stream().noneMatch(sample -> "passing".equals(sample.labels().get("job"))));
  }

  // --- Queue, dead letters, entities ------------------------------------------------------------

  @Test
  void requestsOfOpenRuns_areShownByWhatTheyWaitFor() {
    node.jdbc()
        .update(
            "with run as (insert into sync_jobs (id, job, status) values (gen_random_uuid(), 'waits', 'pending') returning id)"
                + " insert into sync_requests (run_id, n, source, record_kind, request, state, not_before)"
                + " select id, n, 'spotify', 'artist', '{}', case n when 3 then 'failed' else 'planned' end,"
                + "  case n when 1 then now() else now() + interval '1 hour' end from run, generate_series(1, 3) n");
    try {
      await(
          s ->
              is(s, 1, "backline_requests", "source", "spotify", "state", "waiting")
                  && is(s, 1, "backline_requests", "source", "spotify", "state", "delayed")
                  && is(s, 1, "backline_requests", "source", "spotify", "state", "failed"));
    } finally {
      node.jdbc().update("delete from sync_jobs where job = 'waits'");
    }
    await(s -> is(s, 0, "backline_requests", "source", "spotify", "state", "waiting"));
  }

  @Test
  void deadLetters_areShownByTheClassOfTheirCause() {
    for (String cause : List.of("mapping: spotify track", "mapping: x", "invented by nobody: y")) {
      node.jdbc()
          .update(
              "insert into dead_letters (route, source, record_kind, source_id, cause, error) values ('r', 'spotify', 'track', ?, ?, 'e')",
              cause,
              cause);
    }
    await(
        s ->
            is(s, 2, "backline_dead_letters_open", "cause", "mapping")
                && is(s, 1, "backline_dead_letters_open", "cause", "other")
                && is(s, 0, "backline_dead_letters_open", "cause", "fetch"));
    node.jdbc().update("delete from dead_letters");
    await(s -> is(s, 0, "backline_dead_letters_open", "cause", "mapping"));
  }

  @Test
  void entitiesInErrorOrStale_areCountedByKind() {
    long artists = node.count("artists");
    await(
        s ->
            is(s, artists, "backline_entities", "kind", "artist")
                && is(s, 0, "backline_entities_error", "kind", "artist")
                && is(s, 0, "backline_entities_stale", "kind", "artist"));
    node.jdbc()
        .update("update artists set sync_status = 'error', last_sync = now() - interval '31 days'");
    node.jdbc().update("update venues set last_sync = now() - interval '31 days'");
    await(
        s ->
            is(s, artists, "backline_entities_error", "kind", "artist")
                && is(s, artists, "backline_entities_stale", "kind", "artist")
                && is(s, node.count("venues"), "backline_entities_stale", "kind", "venue"));
    node.jdbc()
        .update(
            "insert into artist_syncs (artist_id, source, what, synced_at) select id, 'spotify', 'songs', now() from artists");
    node.jdbc().update("update artists set sync_status = 'success'");
    await(
        s ->
            is(s, 0, "backline_entities_error", "kind", "artist")
                && is(s, 0, "backline_entities_stale", "kind", "artist"));
  }

  @Test
  void showThatNoRunFindsAnyLonger_isStaleUntilItIsGone() {
    await(s -> is(s, 0, "backline_entities_stale", "kind", "show"));
    node.jdbc()
        .update(
            "insert into missed_records (source, record_kind, source_id, last_run)"
                + " select l.source, 'event', l.source_id, gen_random_uuid() from source_links l join shows s on s.id = l.entity_id"
                + " where l.entity_kind = 'show' and s.local_date >= current_date limit 1");
    await(s -> is(s, 1, "backline_entities_stale", "kind", "show"));
    node.jdbc().update("delete from missed_records");
    await(s -> is(s, 0, "backline_entities_stale", "kind", "show"));
  }

  @Test
  void records_areCountedBySourceKindAndState() {
    long events = node.count("source_records where record_kind = 'event' and state = 'applied'");
    await(
        s ->
            is(
                    s,
                    events,
                    "backline_records",
                    "source",
                    "ticketmaster",
                    "kind",
                    "event",
                    "state",
                    "applied")
                && is(s, 0, "backline_records_landed", "source", "ticketmaster"));
    assertThat(events).isPositive();
  }

  // --- Statements -------------------------------------------------------------------------------

  @Test
  void statementFile_isCountedEachTimeItRuns() {
    long pages = node.count("source_pages where record_kind = 'event'");
    Samples samples = samples();
    assertThat(is(samples, pages, "backline_statement_seconds_count", "file", "land-page.sql"))
        .isTrue();
    assertThat(samples.value("backline_statement_seconds_sum", "file", "land-page.sql").orElse(0))
        .isPositive();
    assertThat(is(samples, 0, "backline_statement_seconds_count", "file", "bury-request.sql"))
        .as("never run")
        .isTrue();
  }
}
