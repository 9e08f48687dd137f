package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Database;
import dev.backline.store.Presence;
import dev.backline.store.Run;
import dev.backline.store.Runs;
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
      "Runs one job now and waits until none of its records is still to be applied.",
      "Where a node runs on the database it does the work; where none runs, this command does."
    },
    mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "JOB", description = "A job, see backline jobs.")
  private String job;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Parameters of the job, such as from=2026-01-01 to=2026-12-31 country=US.")
  private List<String> parameters = List.of();

  @Option(names = "--json", description = "Print the run as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
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
}
