package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Catalogue;
import dev.backline.store.Clearing;
import dev.backline.store.Database;
import dev.backline.store.Presence;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Fills the catalogue from venues on; each stage is a run that begins when the one before ended.
 */
@Command(
    name = "seed",
    description = {
      "Fills the catalogue in this order: venues, their events, the artists of these "
          + "events, the network of venues.",
      "A second time it creates nothing. Clears nothing; see backline reset."
    },
    mixinStandardHelpOptions = true)
final class SeedCommand implements Callable<Integer> {
  @Option(names = "--city", description = "Only venues of this city.")
  private String city;

  @Option(names = "--state", description = "Only venues of this state, by its code.")
  private String state;

  @Option(names = "--country", description = "Only venues of this country, by its code.")
  private String country;

  @Option(
      names = "--near",
      paramLabel = "LAT,LON",
      description = "Only venues around this point (degrees), or around a venue (its id).")
  private String near;

  @Option(names = "--radius", paramLabel = "KM", description = "How far around it, 0 to 800.")
  private String radius;

  @Option(
      names = "--min-capacity",
      paramLabel = "N",
      description = "Only events at venues that are known to hold so many.")
  private String minCapacity;

  @Option(
      names = "--max-capacity",
      paramLabel = "N",
      description = "Only events at venues that are known to hold no more.")
  private String maxCapacity;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many venues, 1 to 100.")
  private String limit;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    Map<String, String> venues = given();
    JobRuns.check(settings, Catalogue.VENUES.job(), venues);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Node node = session.node(database, Presence.any(database) ? Node.Mode.IDLE : Node.Mode.WORK);
      Runs runs = new Runs(database.pool());
      Clearing tables = new Clearing(database.pool());
      int exit = Cli.OK;
      Run before = null;
      for (Catalogue part : Catalogue.seeding()) {
        long known = tables.rows(part);
        Map<String, String> parameters = parameters(part, venues, before);
        Run run = Watch.until(runs, JobRuns.start(node, part.job(), parameters), false);
        String books = runs.message(run.id(), "deriving").orElseGet(() -> Watch.books(run));
        long rows = tables.rows(part);
        System.out.printf(
            "%s  %s, %d new of %d: %s%n",
            part.title(), run.status(), Math.max(0, rows - known), rows, books);
        Watch.complain(run);
        if (!run.ended() || run.exitCode() == Cli.FAILED) {
          return Cli.FAILED;
        }
        exit = Math.max(exit, run.exitCode());
        before = run;
      }
      return exit;
    }
  }

  /** What was asked for, as the parameters of a job. */
  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    put(given, "city", city);
    put(given, "state", state);
    put(given, "country", country);
    put(given, "near", near);
    put(given, "radius", radius);
    put(given, "min_capacity", minCapacity);
    put(given, "max_capacity", maxCapacity);
    put(given, "limit", limit);
    return given;
  }

  /** A stage goes on from what the pages of the one before showed; capacities are ours to know. */
  private static Map<String, String> parameters(
      Catalogue part, Map<String, String> venues, Run before) {
    Map<String, String> parameters = new LinkedHashMap<>();
    switch (part) {
      case VENUES -> parameters.putAll(venues);
      case EVENTS -> {
        put(parameters, "run", before.id().toString());
        put(parameters, "limit", venues.get("limit"));
        put(parameters, "min_capacity", venues.get("min_capacity"));
        put(parameters, "max_capacity", venues.get("max_capacity"));
      }
      case ARTISTS -> put(parameters, "run", before.id().toString());
      default -> {
        // The network is worked out of the whole catalogue.
      }
    }
    return parameters;
  }

  private static void put(Map<String, String> parameters, String name, String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
