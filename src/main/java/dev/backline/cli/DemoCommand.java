package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.sandbox.Ledger;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Database;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole product without keys, database or network. */
@Command(
    name = "demo",
    description = {
      "Needs no keys, no database and no network: embedded PostgreSQL, the simulated APIs and all",
      "routes. With --once every job runs twice, the second time writing nothing, and the numbers",
      "are compared with what the simulated APIs served."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int SEED = 42;

  @Option(names = "--once", description = "Every job twice, then a summary and exit.")
  private boolean once;

  @Option(names = "--artists", defaultValue = "200", description = "Size; about ten events each.")
  private int artists;

  @Option(
      names = "--port",
      description = "Public port; without it that of the settings (8080). Not opened with --once.")
  private Integer port;

  @Override
  public Integer call() throws Exception {
    if (artists < 1) {
      throw new WrongUsage("--artists must be 1 or more");
    }
    Sandbox sandbox =
        SandboxCommand.open(new Sandbox.Options(0, SEED, artists, SandboxCommand.firstDay(), ""));
    Settings plain = Session.settings().with(sandbox.settings());
    Settings settings =
        plain.with(
            Map.ofEntries(
                Map.entry("database.url", ""),
                Map.entry("backline.env", "development"),
                Map.entry("backline.data-dir", plain.text("backline.data-dir") + "/demo"),
                Map.entry("backline.http-host", "127.0.0.1"),
                Map.entry(
                    "backline.http-port",
                    port == null ? plain.text("backline.http-port") : port.toString()),
                Map.entry("fetch.idle-delay", "100"),
                Map.entry("apply.close-delay", "100"),
                Map.entry("apply.sweep-after", "5")));
    try (Session session = Session.with(settings)) {
      session.add(sandbox);
      Database database = session.own();
      Node node = session.node(database, once ? Node.Mode.WORK : Node.Mode.ALL);
      System.out.println("simulated APIs at " + sandbox.uri() + " (world: GET /world)");
      System.out.println("catalogue in " + database.address());
      return once ? twice(settings, database, node, sandbox) : forever(settings, database, node);
    }
  }

  private static int forever(Settings settings, Database database, Node node) throws Exception {
    System.out.println("the API at " + node.ports().http().resolve("/api/shows"));
    System.out.println("health, metrics and Jolokia at " + node.ports().management() + "observe/");
    for (String job : JobRuns.served(settings)) {
      Run run = Watch.until(new Runs(database.pool()), JobRuns.start(node, job, Map.of()), false);
      System.out.println(job + " " + run.status() + ": " + Watch.books(run));
    }
    System.out.println(
        "the schedules run on; stop with Ctrl-C, run again to go on where it stopped");
    new CountDownLatch(1).await();
    return Cli.OK;
  }

  private static int twice(Settings settings, Database database, Node node, Sandbox sandbox)
      throws Exception {
    Runs runs = new Runs(database.pool());
    Overview overview = new Overview(database.pool());
    for (Run left : runs.open()) {
      Run run = Watch.until(runs, left.id(), false);
      System.out.println("finished what was left of " + run.job() + ": " + Watch.books(run));
    }
    int exit = Cli.OK;
    List<String> wrong = new ArrayList<>();
    for (int pass = 1; pass <= 2; pass++) {
      sandbox.ledger().reset();
      Map<String, String> before = overview.physical();
      List<UUID> ids = new ArrayList<>();
      for (String job : JobRuns.served(settings)) {
        long start = System.nanoTime();
        Run run = Watch.until(runs, JobRuns.start(node, job, Map.of()), false);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "pass %d  %s  %s in %.1f s: %s%n", pass, job, run.status(), seconds, Watch.books(run));
        exit = Math.max(exit, run.exitCode());
        ids.add(run.id());
      }
      for (Ledger.Kind kind : Ledger.Kind.values()) {
        long served = sandbox.ledger().distinct(kind);
        long seen = runs.seen(ids, kind.word());
        if (served != seen) {
          wrong.add("the API served " + served + " " + kind.word() + "s, the runs saw " + seen);
        }
      }
      if (pass == 2) {
        Map<String, String> after = overview.physical();
        after.forEach(
            (table, mark) -> {
              if (!mark.equals(before.get(table))) {
                wrong.add("the second pass wrote to " + table);
              }
            });
      }
    }
    Table ledger = new Table("LEDGER", "SERVED", "DISTINCT");
    for (Ledger.Kind kind : Ledger.Kind.values()) {
      ledger.row(kind.word() + "s", sandbox.ledger().served(kind), sandbox.ledger().distinct(kind));
    }
    ledger.print(System.out);
    Table catalogue = new Table("CATALOGUE", "ROWS");
    overview.catalogue().forEach(catalogue::row);
    catalogue.print(System.out);
    wrong.forEach(line -> System.err.println("backline: " + line));
    if (wrong.isEmpty()) {
      System.out.println("the numbers equal the ledger, and the second pass wrote nothing");
    }
    return wrong.isEmpty() ? exit : Cli.FAILED;
  }
}
