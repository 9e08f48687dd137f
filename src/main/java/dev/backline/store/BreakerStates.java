package dev.backline.store;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the circuit breakers say, kept where every command and page can read it. */
public final class BreakerStates {
  private static final Logger log = LoggerFactory.getLogger(BreakerStates.class);

  private final JdbcTemplate jdbc;

  public BreakerStates(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** Notes a source's new state; a database in trouble costs the note, never the call. */
  public void note(String source, String state) {
    try {
      jdbc.update(
          "update source_quota set breaker = ?, breaker_since = now() where source = ?",
          state,
          source);
    } catch (DataAccessException e) {
      log.warn("cannot note that the circuit breaker of {} is {}", source, state);
    }
  }

  /** A node that starts has closed breakers. */
  public void reset() {
    jdbc.update(
        "update source_quota set breaker = 'closed', breaker_since = now() where breaker <> 'closed'");
  }
}
