package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.plan.Tasks;
import dev.backline.store.Database;
import dev.backline.store.Entities;
import dev.backline.store.Overview;
import dev.backline.store.Presence;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one job now and waits until none of its records is still landed. */
@Command(
    name = "sync",
    description = {
      "Runs one job now and waits until none of its records is still to be applied: sync "
          + "JOB [key=value ...].",
      "Or synchronises one entity of the catalogue and reads back its state: sync artist "
          + "ID, sync venue ID,  sync show ID; sync errors queues everything whose last sync "
          + "failed. Where a node runs on the database it does the work; where none runs, this "
          + "command does."
    },
    mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {
  private static final Duration WORKERS_SHOW_WITHIN = Duration.ofSeconds(6);
  private static final int LOOK_EVERY_MS = 200;

  @Parameters(
      index = "0",
      paramLabel = "JOB",
      description = "A job, see backline jobs; or artist, venue, show, errors.")
  private String job;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description =
          "Parameters of the job, such as from=2026-01-01 to=2026-12-31 country=US; or the id of the entity.")
  private List<String> parameters = List.of();

  @Option(
      names = "--skip-dependencies",
      description = "Of an entity: leave its shows, venues and songs out.")
  private boolean skip;

  @Option(names = "--force-refresh", description = "Of an entity: ask also for what is fresh.")
  private boolean force;

  @Option(names = "--json", description = "Print the run as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    if (Tasks.ENTITIES.contains(job) || job.equals("errors")) {
      return entities(settings);
    }
    if (skip || force) {
      throw new WrongUsage(
          "--skip-dependencies and --force-refresh are of sync artist, venue and show");
    }
    Map<String, String> given = new LinkedHashMap<>();
    for (String parameter : parameters) {
      String[] pair = parameter.split("=", 2);
      if (pair.length < 2 || pair[0].isBlank()) {
        throw new WrongUsage("parameters are written key=value, not '" + parameter + "'");
      }
      given.put(pair[0], pair[1]);
    }
    JobRuns.check(settings, job, given);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      boolean live = Presence.any(database);
      Node node = session.node(database, live ? Node.Mode.IDLE : Node.Mode.WORK);
      UUID id = JobRuns.start(node, job, given);
      Run run = Watch.until(new Runs(database.pool()), id, json);
      if (json) {
        Json.print(Json.run(run));
        return run.exitCode();
      }
      return Watch.report(run);
    }
  }

  /**
   * Queues tasks; of one entity it waits for the end and reads back what came of it, of those in
   * error only where no node is at work to take them.
   */
  private int entities(Settings settings) throws Exception {
    boolean all = job.equals("errors");
    if (all ? parameters.size() > 1 : parameters.size() != 1) {
      throw new WrongUsage(
          all
              ? "sync errors takes artist, venue, show or nothing"
              : "sync " + job + " takes one ID");
    }
    Map<String, Object> properties = new HashMap<>();
    if (!all || !parameters.isEmpty()) {
      properties.put("entityType", all ? parameters.get(0) : job);
    }
    if (!all) {
      properties.put("entityId", parameters.get(0));
    }
    properties.put("options", options());
    properties.put("priority", "1");
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      if (!all && new Entities(database.pool()).state(job, parameters.get(0)).isEmpty()) {
        throw new WrongUsage(
            "there is no " + job + " with the id " + parameters.get(0) + " in the catalogue");
      }
      boolean live = Presence.any(database);
      if (live) {
        requireWorkers(database);
      }
      Node node = session.node(database, live ? Node.Mode.IDLE : Node.Mode.WORK);
      if (all) {
        queueErrors(node, properties);
        return live ? Cli.OK : workOff(new Runs(database.pool()));
      }
      UUID id = UUID.fromString(node.call("queue-entity", null, properties, String.class));
      Run run = Watch.until(new Runs(database.pool()), id, json);
      Map<String, Object> state = new Entities(database.pool()).state(job, parameters.get(0));
      if (json) {
        Json.print(Map.of("run", Json.run(run), job, state));
        return run.exitCode();
      }
      int exit = Watch.report(run);
      state.forEach((name, value) -> System.out.println(name + ": " + value));
      return exit;
    }
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    if (skip) {
      options.put("skip_dependencies", "true");
    }
    if (force) {
      options.put("force_refresh", "true");
    }
    return options;
  }

  private void queueErrors(Node node, Map<String, Object> properties) {
    int queued = node.call("queue-errors", null, properties, Integer.class);
    if (json) {
      Json.print(Map.of("queued", queued));
    } else {
      System.out.println(queued + " entities in error are queued");
    }
  }

  /** No node is at work, so this process is: until no run is open. */
  private int workOff(Runs runs) throws InterruptedException {
    for (Run run : runs.open()) {
      Watch.until(runs, run.id(), json);
    }
    return Cli.OK;
  }

  /**
   * A task that nobody takes would be waited for without end. A node says every few seconds which
   * workers it runs: one that was started a moment ago is waited for.
   */
  private static void requireWorkers(Database database) throws Exception {
    Overview overview = new Overview(database.pool());
    long last = System.nanoTime() + WORKERS_SHOW_WITHIN.toNanos();
    while (overview.workers().isEmpty() && Presence.any(database) && System.nanoTime() < last) {
      Thread.sleep(LOOK_EVERY_MS);
    }
    if (overview.workers().isEmpty()) {
      throw new WrongUsage(
          "no node has a worker running; start them with ./backline workers start, or set"
              + " AUTO_START_WORKERS=true");
    }
  }
}
