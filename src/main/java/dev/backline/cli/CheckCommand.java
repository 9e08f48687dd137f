package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Database;
import dev.backline.store.JdbcUrl;
import dev.backline.web.Ports;
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
    routes(settings);
    database(settings);
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
      boolean number =
          key.matches(
              ".*(-delay|-timeout|-size|-seconds|-limit-per-[a-z]+|-port|-kb|-mb|retries)$");
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
    attempt(Ports::rules, "mend the line, or take the file of the release");
    for (String source : settings.sources()) {
      if (!settings.enabled(source)) {
        String variable = Settings.variable(source + ".api-key");
        found("warning", source + " is disabled", "set " + variable + " or " + variable + "_FILE");
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

  private void routes(Settings settings) {
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

  private void database(Settings settings) {
    try (Session session = Session.with(settings)) {
      settings.find("database.url").ifPresent(JdbcUrl::parse);
      Database database = session.connect();
      found("ok", "database " + database.address() + " is migrated", "nothing to do");
    } catch (RuntimeException e) {
      found("error", String.valueOf(e.getMessage()), "Backline cannot start without it");
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
