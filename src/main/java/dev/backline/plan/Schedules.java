package dev.backline.plan;

import dev.backline.Settings;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.ServiceStatus;
import org.quartz.CronExpression;

/**
 * Which ticks no node was there for. However many a job has missed, the last of them is made up
 * for, once. Bean {@code schedules} of {@code routes/flow/plan.camel.yaml}.
 */
public final class Schedules {
  /** A node that is a little late is no reason to step in. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final int MOST_TICKS = 200_000;

  private final Settings settings;
  private final Clock clock;

  public Schedules(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @param ticks rows of {@code last-ticks.sql}: the last tick of each job that is not paused, in
   *     epoch milliseconds, or since when there is an installation
   * @return {@code {job, fire}} of each job that has missed a tick and whose route is started here
   */
  public List<Map<String, Object>> missed(
      @Header("ticks") List<Map<String, Object>> ticks, Exchange exchange) {
    List<Map<String, Object>> missed = new ArrayList<>();
    Instant until = clock.instant().minus(GRACE);
    for (Map<String, Object> row : ticks) {
      String job = (String) row.get("job");
      ServiceStatus route = exchange.getContext().getRouteController().getRouteStatus(job);
      if (route == null || !route.isStarted()) {
        continue;
      }
      long last = ((Number) row.get("last")).longValue();
      Instant fire = lastBetween(job, Instant.ofEpochMilli(last), until);
      if (fire != null) {
        missed.add(Map.of("job", job, "fire", Date.from(fire)));
      }
    }
    return missed;
  }

  /** The last time after one instant and before another at which a job should have started. */
  private Instant lastBetween(String job, Instant after, Instant before) {
    CronExpression cron = cron(settings, job);
    Instant found = null;
    Date next = cron.getNextValidTimeAfter(Date.from(after));
    for (int i = 0; next != null && next.toInstant().isBefore(before) && i < MOST_TICKS; i++) {
      found = next.toInstant();
      next = cron.getNextValidTimeAfter(next);
    }
    return found;
  }

  /** Jobs that have a schedule and can be run, as {@code last-ticks.sql} takes them. */
  public String[] jobs() {
    return served(settings).toArray(String[]::new);
  }

  /** Jobs that have a schedule and whose sources are not all disabled. */
  public static List<String> served(Settings settings) {
    return Planner.jobs(settings, Path.of("routes", "sources"));
  }

  /** The longest time between two of the next ten starts of a job; empty for one that ends. */
  public static Optional<Duration> longestGap(Settings settings, String job, Instant now) {
    CronExpression cron = cron(settings, job);
    Duration longest = null;
    Date former = cron.getNextValidTimeAfter(Date.from(now));
    for (int i = 0; i < 10 && former != null; i++) {
      Date next = cron.getNextValidTimeAfter(former);
      if (next != null) {
        Duration gap = Duration.between(former.toInstant(), next.toInstant());
        longest = longest == null || gap.compareTo(longest) > 0 ? gap : longest;
      }
      former = next;
    }
    return Optional.ofNullable(longest);
  }

  /**
   * When a job starts, in UTC.
   *
   * @throws Settings.Invalid for what is no cron expression
   */
  public static CronExpression cron(Settings settings, String job) {
    try {
      CronExpression cron = new CronExpression(settings.text("jobs." + job + ".cron"));
      cron.setTimeZone(TimeZone.getTimeZone("UTC"));
      return cron;
    } catch (ParseException e) {
      throw new Settings.Invalid(
          "setting jobs." + job + ".cron is not a Quartz cron expression: " + e.getMessage());
    }
  }
}
