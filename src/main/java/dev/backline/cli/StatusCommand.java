package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.plan.Planner;
import dev.backline.store.Database;
import dev.backline.store.Letters;
import dev.backline.store.OpenAlarms;
import dev.backline.store.Overview;
import dev.backline.store.Presence;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sources, runs, records, dead letters, tables. */
@Command(
    name = "status",
    description = "Shows sources, runs, records, dead letters and the largest tables.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final int RUNS = 5;
  private static final int CAUSES = 1000;
  private static final int DAY = 24;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.unchecked();
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Session.mistake(settings).ifPresent(mistake -> System.err.println("backline: " + mistake));
      Overview overview = new Overview(database.pool());
      Map<String, Object> status = new LinkedHashMap<>();
      status.put("database", database.address());
      status.put("node_running", Presence.any(database));
      status.put("alarms", new OpenAlarms(database.pool()).all());
      status.put("nodes", overview.nodes());
      status.put("sources", sources(settings, overview.quotas(), overview.notServed()));
      List<Run> runs = new Runs(database.pool()).recent(RUNS);
      status.put("runs", runs.stream().map(Json::run).toList());
      status.put("jobs", overview.reliability());
      status.put("catalogue", overview.catalogue());
      status.put("shows_changed_last_day", overview.changedShows(DAY));
      status.put("records", overview.records());
      status.put(
          "dead_letters",
          new Letters(database.pool()).groups(new Letters.Filter("open", null, null), CAUSES));
      status.put("largest_tables", overview.largest());
      if (json) {
        Json.print(status);
      } else {
        print(status, runs);
      }
      return Cli.OK;
    }
  }

  private static List<Map<String, Object>> sources(
      Settings settings, List<Map<String, Object>> quotas, Map<String, String> notServed) {
    List<Map<String, Object>> sources = new ArrayList<>();
    for (String source : settings.sources()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("source", source);
      row.put("state", settings.enabled(source) ? "enabled" : "disabled");
      row.put("used", 0);
      int limit = settings.callsPerDay(source);
      row.put("daily_limit", limit);
      row.put("usual_limit", Planner.usual(settings, source));
      for (Map<String, Object> quota : quotas) {
        if (quota.get("source").equals(source)) {
          row.put("used", quota.get("used"));
          row.put("planned", quota.get("planned"));
          row.put("calls_an_hour", quota.get("calls_an_hour"));
          row.put("dry_at", quota.get("dry_at"));
          row.put("pace", quota.get("pace"));
          row.put("blocked_until", quota.get("blocked_until"));
          row.put("reason", quota.get("reason"));
          row.put("breaker", quota.get("breaker"));
          row.put("breaker_since", quota.get("breaker_since"));
          if (quota.get("blocked_until") != null) {
            row.put("state", "parked");
          } else if (((Number) quota.get("daily_limit")).longValue() != limit) {
            row.merge(
                "reason",
                "the last call was counted against a limit of " + quota.get("daily_limit"),
                (reason, other) -> other + "; " + reason);
          }
        }
      }
      row.put("not_served", notServed.get(source));
      unreadable(settings, source + ".rate-limit-per-day")
          .ifPresent(mistake -> row.put("reason", mistake));
      if (row.get("state").equals("disabled")) {
        row.put("reason", settings.missing(source) + " not set");
      }
      sources.add(row);
    }
    return sources;
  }

  private static Optional<String> unreadable(Settings settings, String key) {
    try {
      settings.number(key);
      return Optional.empty();
    } catch (Settings.Invalid mistake) {
      return Optional.of(mistake.getMessage());
    }
  }

  private static String running(List<?> nodes) {
    return nodes.size() > 1 ? nodes.size() + " nodes are running" : "a node is running";
  }

  /** When the day's calls will be spent; a forecast only while usual jobs may call. */
  private static Object dry(Map<String, Object> source) {
    long used = ((Number) source.get("used")).longValue();
    if (used >= ((Number) source.get("daily_limit")).longValue()) {
      return "spent";
    }
    return used >= ((Number) source.get("usual_limit")).longValue()
        ? "but for the reserve"
        : source.get("dry_at");
  }

  @SuppressWarnings("unchecked")
  private static void print(Map<String, Object> status, List<Run> runs) {
    System.out.println(
        "database "
            + status.get("database")
            + ((boolean) status.get("node_running")
                ? ", " + running((List<?>) status.get("nodes"))
                : ", no node is running"));
    System.out.println();
    Table alarms = new Table("ALARM", "OF", "WHAT", "SINCE");
    for (var row : (List<Map<String, Object>>) status.get("alarms")) {
      alarms.row(row.values().toArray());
    }
    if (alarms.isEmpty()) {
      System.out.println("no alarms");
    } else {
      alarms.print(System.out);
    }
    System.out.println();
    Table nodes = new Table("NODE", "ROLES", "WORKERS", "SINCE", "LAST SIGN");
    for (var row : (List<Map<String, Object>>) status.get("nodes")) {
      nodes.row(row.values().toArray());
    }
    if (!nodes.isEmpty()) {
      nodes.print(System.out);
      System.out.println();
    }
    Table sources =
        new Table(
            "SOURCE",
            "STATE",
            "CALLS TODAY",
            "OF",
            "PLANNED",
            "DRY AT",
            "PACE",
            "BREAKER",
            "NOT SERVED",
            "UNTIL",
            "WHY");
    for (var row : (List<Map<String, Object>>) status.get("sources")) {
      sources.row(
          row.get("source"),
          row.get("state"),
          row.get("used"),
          row.get("daily_limit"),
          row.get("planned"),
          dry(row),
          row.get("pace"),
          row.get("breaker"),
          row.get("not_served"),
          row.get("blocked_until"),
          row.get("reason"));
    }
    sources.print(System.out);
    System.out.println();
    Table recent = new Table("RUN", "JOB", "STATUS", "STARTED", "BOOKS");
    for (Run run : runs) {
      recent.row(
          run.id().toString().substring(0, 8),
          run.job(),
          run.status(),
          run.createdAt(),
          run.ended() ? Watch.books(run) : "open");
    }
    recent.print(System.out);
    System.out.println();
    Table jobs =
        new Table(
            "JOB", "RUNS KEPT", "FAILED", "SHARE", "H BETWEEN FAILURES", "MEDIAN S", "LAST S");
    for (var row : (List<Map<String, Object>>) status.get("jobs")) {
      jobs.row(
          row.get("job"),
          row.get("runs"),
          row.get("failed"),
          row.get("failed_share"),
          hours(row.get("seconds_between_failures")),
          row.get("median_seconds"),
          row.get("last_seconds"));
    }
    jobs.print(System.out);
    System.out.println();
    Table catalogue = new Table("CATALOGUE", "ROWS");
    ((Map<String, Object>) status.get("catalogue")).forEach(catalogue::row);
    catalogue.print(System.out);
    System.out.println(
        status.get("shows_changed_last_day")
            + " shows changed in the last 24 hours (backline changes)");
    System.out.println();
    Table records = new Table("RECORDS", "KIND", "STATE", "COUNT");
    for (var row : (List<Map<String, Object>>) status.get("records")) {
      records.row(row.get("source"), row.get("kind"), row.get("state"), row.get("records"));
    }
    records.print(System.out);
    System.out.println();
    Table letters = new Table("OPEN DEAD LETTERS", "COUNT", "NEWEST", "EXAMPLE");
    for (var row : (List<Map<String, Object>>) status.get("dead_letters")) {
      letters.row(row.get("cause"), row.get("letters"), row.get("newest"), row.get("example"));
    }
    if (letters.isEmpty()) {
      System.out.println("no open dead letters");
    } else {
      letters.print(System.out);
    }
    System.out.println();
    Table tables = new Table("TABLE", "MB", "ROWS (ESTIMATE)");
    for (var row : (List<Map<String, Object>>) status.get("largest_tables")) {
      tables.row(row.get("table"), ((Number) row.get("bytes")).longValue() >> 20, row.get("rows"));
    }
    tables.print(System.out);
  }

  private static Object hours(Object seconds) {
    return seconds instanceof Number n ? Math.round(n.doubleValue() / 360) / 10.0 : null;
  }
}
