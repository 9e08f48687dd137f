package dev.backline.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads alarms, and what they are made of beside the tables that one statement sees. */
public final class OpenAlarms {
  private final JdbcTemplate jdbc;

  public OpenAlarms(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** Those that have not ended, the oldest first: kind, subject, message and since. */
  public List<Map<String, Object>> all() {
    return jdbc.queryForList(
        "select kind, subject, message, since from alarms where ended_at is null order by since, kind, subject");
  }

  /**
   * The last claimed tick of each job; under the empty name, since when there is the installation.
   */
  public Map<String, Instant> lastTicks() {
    Map<String, Instant> ticks = new HashMap<>();
    jdbc.query(
        "select job, max(fire_time) as last from job_ticks group by job"
            + " union all select '', created_at from installation",
        row -> {
          ticks.put(row.getString("job"), row.getTimestamp("last").toInstant());
        });
    return ticks;
  }
}
