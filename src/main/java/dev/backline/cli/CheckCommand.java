package dev.backline.cli;

import dev.backline.Node;
import dev.backline.SettingRules;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.reload.Guard;
import dev.backline.reload.Problem;
import dev.backline.store.Database;
import dev.backline.store.JdbcUrl;
import dev.backline.web.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything that can be wrong before a start, each with its cure. */
@Command(
    name = "check",
    description = {
      "Checks settings, environment, routes, mappings, schemas, database and migrations, "
          + "and prints every problem with its cure; tries the mappings on stored records.",
      "Calls no upstream API."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int SECRET_LENGTH = 32;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  private final List<Map<String, String>> findings = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.unchecked();
    settings(settings);
    routesAndDatabase(settings);
    boolean failed = findings.stream().anyMatch(f -> f.get("level").equals("error"));
    if (json) {
      Json.print(Map.of("ok", !failed, "findings", findings));
    } else {
      findings.forEach(
          f -> System.out.println(f.get("level") + ": " + f.get("what") + " - " + f.get("cure")));
      System.out.println(failed ? "not ready" : "ready");
    }
    return failed ? Cli.FAILED : Cli.OK;
  }

  private void found(String level, String what, String cure) {
    findings.add(Map.of("level", level, "what", what, "cure", cure));
  }

  private void settings(Settings settings) {
    SettingRules.problems(settings).forEach(what -> found("error", what, "mend the setting"));
    try {
      Ports.rules();
    } catch (Settings.Invalid e) {
      found("error", e.getMessage(), "mend the line, or take the file of the release");
    }
    for (String variable : settings.unreadFiles()) {
      found(
          "warning",
          variable + " is set, so that " + variable + "_FILE is not read",
          "unset one of them");
    }
    for (String source : settings.sources()) {
      if (!settings.enabled(source)) {
        String variables = settings.missing(source);
        found(
            "warning",
            source + " is disabled",
            "set " + variables + ", or with _FILE the name of a file that holds it");
      }
    }
    for (String key : List.of("cron.secret", "admin.api-key")) {
      settings
          .find(key)
          .filter(secret -> secret.length() < SECRET_LENGTH)
          .ifPresent(
              secret ->
                  found(
                      "warning",
                      Settings.variable(key)
                          + " is shorter than 32 characters; what it guards is closed",
                      "choose a longer one"));
    }
  }

  private void routes(Settings settings, Database database) {
    List<Problem> problems = Node.check(settings, database);
    problems.forEach(problem -> found("error", problem.where(), problem.cure()));
    if (!problems.isEmpty()) {
      return;
    }
    try (Node node = Node.offline(settings)) {
      int routes = node.routes().size();
      found("ok", routes + " routes, all mappings and schemas load", "nothing to do");
      JobRuns.names(settings)
          .forEach(
              job -> {
                if (!node.routes().contains(job)) {
                  found(
                      "error",
                      "job " + job + " has no route",
                      "add routes/jobs/" + job + ".camel.yaml");
                }
              });
    } catch (RuntimeException e) {
      found("error", String.valueOf(e.getMessage()), "mend the file it names; nothing was started");
    }
  }

  /** What the files would make of what is stored, where all else is right. */
  private void dryRun(Settings settings, Database database) {
    if (findings.stream().anyMatch(f -> f.get("level").equals("error"))) {
      return;
    }
    try {
      Guard.Report report = Node.dryRun(settings, database);
      for (String line : report.lines()) {
        String kind = ' ' + line.substring(0, line.indexOf(',')) + ' ';
        boolean refused = report.problems().stream().anyMatch(p -> p.where().contains(kind));
        found(
            refused ? "warning" : "ok",
            "dry run of " + line,
            refused ? "see the error" : "nothing to do");
      }
      report.problems().forEach(problem -> found("error", problem.where(), problem.cure()));
    } catch (Guard.NotNow e) {
      found("warning", e.getMessage(), "check again when it answers");
    }
  }

  /** The routes are checked with the database, which reads their statements, or without. */
  private void routesAndDatabase(Settings settings) {
    try (Session session = Session.with(settings)) {
      Database database = null;
      String trouble = null;
      try {
        settings.find("database.url").ifPresent(JdbcUrl::parse);
        database = session.connect();
      } catch (RuntimeException e) {
        trouble = String.valueOf(e.getMessage());
      }
      routes(settings, database);
      if (database == null) {
        found("error", trouble, "Backline cannot start without it");
      } else {
        found("ok", "database " + database.address() + " is migrated", "nothing to do");
        dryRun(settings, database);
      }
    }
  }
}
