package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import org.quartz.CronExpression;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Jobs with cadence, last and next run. */
@Command(
    name = "jobs",
    description = "Lists the jobs with their cadence, last and next run; pauses and resumes them.",
    mixinStandardHelpOptions = true)
final class JobsCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    try (Session session = Session.with(settings)) {
      Runs runs = new Runs(session.connect().pool());
      List<Map<String, Object>> rows = new ArrayList<>();
      Table table = new Table("JOB", "CRON (UTC)", "NEXT", "LAST", "STATUS");
      for (String job : JobRuns.names(settings)) {
        String cron = settings.text("jobs." + job + ".cron");
        boolean paused = runs.paused(job);
        Instant next = paused ? null : next(job, cron);
        Run last = runs.last(job).orElse(null);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("job", job);
        row.put("cron", cron);
        row.put("paused", paused);
        row.put("next", next == null ? null : next.toString());
        row.put("last", last == null ? null : Json.run(last));
        rows.add(row);
        table.row(
            job,
            cron,
            paused ? "paused" : next,
            last == null ? "never" : last.createdAt().truncatedTo(ChronoUnit.SECONDS),
            last == null ? "-" : last.status());
      }
      if (json) {
        Json.print(rows);
      } else {
        table.print(System.out);
      }
      return Cli.OK;
    }
  }

  private static Instant next(String job, String cron) {
    try {
      CronExpression expression = new CronExpression(cron);
      expression.setTimeZone(TimeZone.getTimeZone("UTC"));
      return expression.getNextValidTimeAfter(new Date()).toInstant();
    } catch (java.text.ParseException e) {
      throw new Settings.Invalid(
          "setting jobs." + job + ".cron is not a Quartz cron expression: " + e.getMessage());
    }
  }

  @Command(
      name = "pause",
      description = "Keeps a job from being started by its schedule, on all nodes.",
      mixinStandardHelpOptions = true)
  int pause(
      @Parameters(paramLabel = "JOB") String job,
      @Option(names = "--json", description = "Print as JSON.") boolean asJson) {
    return change(job, true, asJson);
  }

  @Command(name = "resume", description = "Lets it start again.", mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "JOB") String job,
      @Option(names = "--json", description = "Print as JSON.") boolean asJson) {
    return change(job, false, asJson);
  }

  private static int change(String job, boolean pause, boolean json) {
    Settings settings = Session.settings();
    JobRuns.check(settings, job, Map.of());
    try (Session session = Session.with(settings)) {
      Runs runs = new Runs(session.connect().pool());
      if (pause) {
        runs.pause(job);
      } else {
        runs.resume(job);
      }
      if (json) {
        Json.print(Map.of("job", job, "paused", pause));
      } else {
        System.out.println(job + (pause ? " is paused" : " is resumed"));
      }
      return Cli.OK;
    }
  }
}
