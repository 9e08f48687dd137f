package dev.backline.alarms;

import dev.backline.Settings;
import dev.backline.plan.Planner;
import dev.backline.plan.Schedules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The limits beyond which something is wrong, as {@code limits-in-force.sql} and {@code
 * find-alarms.sql} take them. Bean {@code alarms} of {@code routes/flow/alarms.camel.yaml}.
 */
public final class Alarms {
  private final Settings settings;
  private final Supplier<List<String>> fetching;
  private final Supplier<Map<String, Instant>> ticks;
  private final Clock clock;

  /**
   * @param fetching jobs with a schedule that ask sources
   * @param ticks the last tick of each job; under the empty name, since when there could be one
   */
  public Alarms(
      Settings settings,
      Supplier<List<String>> fetching,
      Supplier<Map<String, Instant>> ticks,
      Clock clock) {
    this.settings = settings;
    this.fetching = fetching;
    this.ticks = ticks;
    this.clock = clock;
  }

  /** Parameters of {@code limits-in-force.sql} and {@code find-alarms.sql}. */
  public Map<String, Object> limits() {
    List<String> served = fetching.get();
    List<String> sources = settings.sources().stream().filter(settings::enabled).toList();
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("fetchingJobs", served.toArray(String[]::new));
    limits.put("jobs", served.toArray(String[]::new));
    limits.put("jobSeconds", served.stream().map(this::freshSeconds).toArray(Double[]::new));
    limits.put("sources", sources.toArray(String[]::new));
    limits.put(
        "sourceHours",
        sources.stream()
            .map(source -> settings.number(source + ".fresh-hours"))
            .toArray(Integer[]::new));
    limits.put(
        "sourceLimits",
        sources.stream().map(source -> (long) settings.callsPerDay(source)).toArray(Long[]::new));
    limits.put(
        "sourceUsual",
        sources.stream().map(source -> Planner.usual(settings, source)).toArray(Long[]::new));
    late(limits);
    limits.put("reservePercent", settings.number("quota.reserve-percent"));
    limits.put("collapsedPercent", settings.number("alarms.collapsed-percent"));
    limits.put("driftPercent", settings.number("alarms.drift-percent"));
    limits.put("sampleSize", settings.number("alarms.sample-size"));
    limits.put("lettersLimit", settings.number("alarms.letters-limit"));
    return limits;
  }

  /** A job is stale when it has missed to end well twice, and an hour. */
  private double freshSeconds(String job) {
    return Schedules.longestGap(settings, job, clock.instant())
        .map(gap -> 2 * gap.toSeconds() + 3600.0)
        .orElse((double) Duration.ofDays(36500).toSeconds());
  }

  /** Jobs that should have started a while ago, since there is an installation, and did not. */
  private void late(Map<String, Object> limits) {
    Instant until = clock.instant().minusSeconds(settings.number("alarms.late-seconds"));
    Map<String, Instant> last = ticks.get();
    List<String> jobs = new ArrayList<>();
    List<Double> due = new ArrayList<>();
    for (String job : Schedules.served(settings)) {
      Instant from = last.getOrDefault(job, last.get(""));
      Date next = Schedules.cron(settings, job).getNextValidTimeAfter(Date.from(from));
      if (next != null && next.toInstant().isBefore(until)) {
        jobs.add(job);
        due.add(next.getTime() / 1000.0);
      }
    }
    limits.put("lateJobs", jobs.toArray(String[]::new));
    limits.put("lateSince", due.toArray(Double[]::new));
  }
}
