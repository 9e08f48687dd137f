package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.Settings;
import dev.backline.testkit.Postgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What ./backline status says of the runs of each job (S106, S146). */
class ReliabilityTest {
  private static void run(JdbcTemplate jdbc, String job, String status, int hoursAgo, int seconds) {
    jdbc.update(
        "insert into sync_jobs (id, job, status, created_at, started_at, completed_at)"
            + " select gen_random_uuid(), ?, ?, t, t, case when ? then t + make_interval(secs => ?) end"
            + " from (select now() - make_interval(hours => ?) as t) x",
        job,
        status,
        !status.equals("in_progress"),
        seconds,
        hoursAgo);
  }

  @Test
  void failedShareTimeBetweenFailuresAndDurations_areThoseOfTheKeptRuns() {
    Settings settings =
        Settings.load(Path.of("config/application.properties"), Map.of())
            .with(Map.of("database.url", Postgres.create(), "database.pool-size", "2"));
    try (Database database = Database.open(settings)) {
      JdbcTemplate jdbc = new JdbcTemplate(database.pool());
      run(jdbc, "one", "failed", 8, 10);
      run(jdbc, "one", "completed", 6, 30);
      run(jdbc, "one", "failed", 4, 20);
      run(jdbc, "one", "partial", 2, 90);
      run(jdbc, "one", "in_progress", 1, 0);
      run(jdbc, "two", "completed", 3, 5);

      List<Map<String, Object>> jobs = new Overview(database.pool()).reliability();

      assertThat(jobs).extracting(row -> row.get("job")).containsExactly("one", "two");
      Map<String, Object> one = jobs.get(0);
      assertThat(one).containsEntry("runs", 4L).containsEntry("failed", 2L);
      assertThat((BigDecimal) one.get("failed_share")).isEqualByComparingTo("0.5");
      assertThat(((BigDecimal) one.get("seconds_between_failures")).intValue())
          .as("two failures in eight hours")
          .isBetween(4 * 3600, 4 * 3600 + 60);
      assertThat((BigDecimal) one.get("median_seconds")).isEqualByComparingTo("25");
      assertThat((BigDecimal) one.get("last_seconds")).isEqualByComparingTo("90");
      assertThat(jobs.get(1)).containsEntry("failed", 0L);
      assertThat(jobs.get(1).get("seconds_between_failures")).isNull();
    }
  }
}
