package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.App;
import dev.backline.sandbox.Ledger;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A hundred thousand events in a heap of 256 MB: the program as a process of its own, killed once
 * in mid-run, and the database compared with what the API served and with what is true (S33).
 */
@EnabledIfSystemProperty(
    named = "large",
    matches = "true",
    disabledReason = "takes minutes: mvn verify -Dlarge=true")
class LargeRunIT {
  private static final int EVENTS = 100_000;
  private static final String HEAP = "-Xmx256m";

  @TempDir Path folder;

  @Test
  void aHundredThousandEvents_fitIntoASmallHeapAndSurviveAKill() throws Exception {
    String url = Postgres.create();
    DataSource source =
        new DriverManagerDataSource("jdbc:" + url.replace("postgres:@", ""), "postgres", "");
    JdbcTemplate jdbc = new JdbcTemplate(source);
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(21, 11_500))) {
      assertThat(sandbox.world().visibleEventCount()).isGreaterThan(EVENTS);
      Process first = start(url, sandbox.ticketmaster(), "sync", "upcoming-shows");
      try {
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> !first.isAlive() || pages(jdbc) > 100);
        assertThat(first.isAlive()).as(log("sync")).isTrue();
      } finally {
        first.destroyForcibly().waitFor();
      }
      Runs runs = new Runs(source);
      Run begun = runs.last("upcoming-shows").orElseThrow();
      assertThat(begun.ended()).isFalse();

      Process second = start(url, sandbox.ticketmaster(), "run");
      try {
        Awaitility.await()
            .atMost(Duration.ofMinutes(20))
            .until(() -> !second.isAlive() || runs.find(begun.id()).orElseThrow().ended());
        assertThat(second.isAlive()).as(log("run")).isTrue();
      } finally {
        second.destroy();
        assertThat(second.waitFor(40, TimeUnit.SECONDS)).as("stops when it is told to").isTrue();
      }

      Run ended = runs.find(begun.id()).orElseThrow();
      // A listing with neither date nor venue is in no part of a request that is cut by country.
      List<JsonNode> shows = Truth.shows(sandbox);
      List<JsonNode> beyond =
          shows.stream()
              .filter(s -> !s.hasNonNull("local_date") && !s.hasNonNull("venue"))
              .toList();
      assertThat(ended.status())
          .as(ended.toString())
          .isEqualTo(beyond.isEmpty() ? "completed" : "partial");
      assertThat(ended.balanced()).isTrue();
      assertThat(log("run")).doesNotContain("OutOfMemoryError");
      for (Ledger.Kind kind : Ledger.Kind.values()) {
        assertThat(
                jdbc.queryForObject(
                    "select count(*) from source_records where record_kind = ? and state <> 'landed'",
                    Integer.class,
                    kind.word()))
            .as(kind.word())
            .isEqualTo(sandbox.ledger().distinct(kind));
      }
      Set<String> truth = new HashSet<>();
      shows.stream()
          .filter(show -> !beyond.contains(show))
          .forEach(show -> truth.add(show.get("id").asText()));
      assertThat(truth).hasSizeGreaterThan(EVENTS);
      Set<String> stored =
          new HashSet<>(jdbc.queryForList("select ticketmaster_id from shows", String.class));
      Set<String> missing = new HashSet<>(truth);
      missing.removeAll(stored);
      assertThat(missing).isEmpty();
    }
  }

  private static long pages(JdbcTemplate jdbc) {
    Boolean migrated =
        jdbc.queryForObject("select to_regclass('source_pages') is not null", Boolean.class);
    return Boolean.TRUE.equals(migrated)
        ? jdbc.queryForObject(
            "select count(*) from source_pages where record_kind = 'event'", Long.class)
        : 0;
  }

  private Process start(String url, URI ticketmaster, String... command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path"), App.class.getName()));
    line.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder
        .environment()
        .putAll(
            Map.of(
                "DATABASE_URL", url,
                "BACKLINE_ENV", "development",
                "TICKETMASTER_BASE_URL", ticketmaster.toString(),
                "TICKETMASTER_API_KEY", "large-run",
                "TICKETMASTER_RATE_LIMIT_PER_SECOND", "1000",
                "TICKETMASTER_RATE_LIMIT_PER_DAY", "1000000",
                "TICKETMASTER_EVENTS_FROM", "2020-01-01",
                "TICKETMASTER_EVENTS_TO", "2032-12-31",
                "APPLY_SWEEP_AFTER", "1",
                "JOBS_UPCOMING_SHOWS_CRON", "0 0 0 1 1 ? 2099"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(command[0] + ".log").toFile());
    return builder.start();
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }
}
