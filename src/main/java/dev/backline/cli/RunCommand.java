package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Database;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The real thing: schedules, real APIs, the configured database. */
@Command(
    name = "run",
    description = "Runs the schedules against the real APIs until it is told to stop.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger("backline.run");

  @Option(names = "--once", description = "Run every job once, then exit.")
  private boolean once;

  @Option(names = "--json", description = "With --once: print the runs as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    try (Session session = Session.with(settings)) {
      Database database = session.own();
      for (String source : settings.sources()) {
        if (!settings.enabled(source)) {
          log.warn("{} is disabled: {} not set", source, settings.missing(source));
        }
      }
      Node node = session.node(database, once ? Node.Mode.WORK : Node.Mode.ALL);
      log.info("Backline runs on {} as {}", database.address(), node.name());
      if (!once) {
        if (node.ports().http() != null) { // A node without the role web has none.
          log.info("the API is at {}", node.ports().http().resolve("/api/"));
        }
        log.info("health, metrics and Jolokia are at {}observe/", node.ports().management());
        new CountDownLatch(1).await();
      }
      int exit = Cli.OK;
      List<Map<String, Object>> ended = new ArrayList<>();
      for (String job : JobRuns.served(settings)) {
        Runs runs = new Runs(database.pool());
        Run run = Watch.until(runs, JobRuns.start(node, job, Map.of()), json);
        if (json) {
          ended.add(Json.run(run));
        } else {
          Watch.report(run);
        }
        exit = exit == Cli.FAILED ? exit : Math.max(exit, run.exitCode());
        exit = run.exitCode() == Cli.FAILED ? Cli.FAILED : exit;
      }
      if (json) {
        Json.print(ended);
      }
      return exit;
    }
  }
}
