package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.reload.Problem;
import dev.backline.store.Database;
import dev.backline.store.JdbcUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.quartz.CronExpression;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything that can be wrong before a start, each with its cure. */
@Command(
    name = "check",
    description = {
      "Checks settings, environment, routes, mappings, schemas, database and migrations, and prints",
      "every problem with its cure. Calls no upstream API."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int SECRET_LENGTH = 32;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  private final List<Map<String, String>> findings = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
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
    for (String key : settings.keys()) {
      boolean number = key.matches(".*(-delay|-timeout|-size|-seconds|-limit-per-[a-z]+|retries)$");
      if (number && settings.find(key).isPresent()) {
        attempt(() -> settings.number(key), "mend the setting");
      }
      if (key.endsWith(".base-url")) {
        settings
            .find(key)
            .filter(url -> !isUrl(url))
            .ifPresent(
                url ->
                    found(
                        "error",
                        Settings.variable(key) + " is not a URL",
                        "write https://host/path/"));
      }
      if (key.startsWith("jobs.") && key.endsWith(".cron")) {
        String cron = settings.find(key).orElse("");
        if (!CronExpression.isValidExpression(cron)) {
          found(
              "error", key + " = " + cron + " is no Quartz cron", "write six fields: s m h d M w");
        }
      }
    }
    for (String source : settings.sources()) {
      if (!settings.enabled(source)) {
        String variable = Settings.variable(source + ".api-key");
        found("warning", source + " is disabled", "set " + variable + " or " + variable + "_FILE");
      }
    }
    String secret = System.getenv("CRON_SECRET");
    if (secret != null && secret.length() < SECRET_LENGTH) {
      found("warning", "CRON_SECRET is shorter than 32 characters", "choose a longer one");
    }
    if (!List.of("development", "staging", "production")
        .contains(settings.find("backline.env").orElse(""))) {
      found("error", "BACKLINE_ENV is unknown", "set development, staging or production");
    }
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
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
      }
    }
  }

  private void attempt(Runnable look, String cure) {
    try {
      look.run();
    } catch (Settings.Invalid e) {
      found("error", e.getMessage(), cure);
    }
  }
}
