package dev.backline.store;

import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which scheduled ticks were claimed, over all nodes. A key is {@code "<job> <epoch
 * milliseconds>"}.
 *
 * <p>Takes part in the caller's transaction: a tick is claimed if and only if its plan is written.
 * A paused job claims nothing.
 */
public final class JobTicks extends ServiceSupport implements IdempotentRepository {
  private final JdbcTemplate jdbc;
  private final String node;

  public JobTicks(DataSource dataSource, String node) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.node = node;
  }

  /** True for the one node that may run the tick. */
  @Override
  public boolean add(String key) {
    return jdbc.update(
            "insert into job_ticks (job, fire_time, node) select ?, ?, ?"
                + " where not exists (select 1 from paused_jobs where job = ?)"
                + " on conflict do nothing",
            job(key),
            time(key),
            node,
            job(key))
        == 1;
  }

  @Override
  public boolean contains(String key) {
    Integer found =
        jdbc.queryForObject(
            "select count(*) from job_ticks where job = ? and fire_time = ?",
            Integer.class,
            job(key),
            time(key));
    return found != null && found > 0;
  }

  @Override
  public boolean remove(String key) {
    return jdbc.update("delete from job_ticks where job = ? and fire_time = ?", job(key), time(key))
        > 0;
  }

  @Override
  public boolean confirm(String key) {
    return true;
  }

  @Override
  public void clear() {
    jdbc.update("delete from job_ticks");
  }

  private static String job(String key) {
    return key.substring(0, key.indexOf(' '));
  }

  private static java.time.OffsetDateTime time(String key) {
    return Instant.ofEpochMilli(Long.parseLong(key.substring(key.indexOf(' ') + 1)))
        .atOffset(ZoneOffset.UTC);
  }
}
