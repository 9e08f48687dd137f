package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.sandbox.Sandbox;
import dev.backline.sandbox.Source;
import dev.backline.selftest.Score;
import dev.backline.store.Database;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.util.ArrayList;
import java.util.EnumMap;
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
      "Needs no keys, no database and no network: embedded PostgreSQL, the simulated APIs "
          + "and all routes.",
      "With --once every job runs twice, the second time writing nothing, and the numbers "
          + "are compared with what the simulated APIs served."
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

  private static final int MOST_PASSES = 6;

  /** What is counted on both sides. */
  private static final Map<Source, List<String>> COMPARED =
      new EnumMap<>(
          Map.of(
              Source.TICKETMASTER, List.of("event", "attraction", "venue"),
              Source.SETLISTFM, List.of("setlist"),
              Source.BANDSINTOWN, List.of("event")));

  @Override
  public Integer call() throws Exception {
    if (artists < 1) {
      throw new WrongUsage("--artists must be 1 or more");
    }
    Sandbox sandbox =
        SandboxCommand.open(new Sandbox.Options(0, SEED, artists, SandboxCommand.firstDay(), ""));
    Settings plain = Session.settings().with(sandbox.settings());
    plain = plain.with(Passes.unlimited(plain));
    boolean ownKey = plain.find("admin.api-key").isPresent(); // it is never printed
    String key = plain.find("admin.api-key").orElse(UUID.randomUUID().toString());
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
                Map.entry("admin.api-key", key),
                Map.entry("visitor.secret", UUID.randomUUID() + "-" + UUID.randomUUID()),
                Map.entry("auto.start-workers", "true"),
                Map.entry("spotify.asks-per-hour", "1000"),
                Map.entry("ticketmaster.asks-per-hour", "1000"),
                Map.entry("fetch.idle-delay", "100"),
                Map.entry("apply.close-delay", "100"),
                Map.entry("apply.sweep-delay", "500"),
                Map.entry("apply.sweep-after", "2")));
    try (Session session = Session.with(settings)) {
      session.add(sandbox);
      Database database = session.own();
      Node node = session.node(database, once ? Node.Mode.WORK : Node.Mode.ALL);
      System.out.println("simulated APIs at " + sandbox.uri() + " (world: GET /world)");
      System.out.println("catalogue in " + database.address());
      return once
          ? twice(settings, database, node, sandbox)
          : forever(settings, database, node, ownKey ? "ADMIN_API_KEY" : key);
    }
  }

  private static int forever(Settings settings, Database database, Node node, String key)
      throws Exception {
    System.out.println("pages at " + node.ports().http());
    System.out.println(
        "operations at " + node.ports().http().resolve("/ops") + ", its key: " + key);
    System.out.println("the API at " + node.ports().http().resolve("/api/shows"));
    System.out.println("health, metrics and Jolokia at " + node.ports().management() + "observe/");
    Passes passes = new Passes(settings, node, new Runs(database.pool()));
    for (int pass = 1; pass <= 2; pass++) { // what the first finds, the second asks more about
      passes.run(pass);
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
    Passes passes = new Passes(settings, node, runs);
    List<String> wrong = new ArrayList<>();
    List<Run> ended = List.of();
    boolean news = true;
    int exit = Cli.OK;
    for (int pass = 1; news && pass <= MOST_PASSES; pass++) {
      overview.awaitNoneLanded();
      sandbox.ledger().reset();
      Map<String, String> before = overview.physical();
      ended = passes.run(pass);
      exit = ended.stream().mapToInt(Run::exitCode).reduce(exit, Math::max);
      compare(sandbox, runs, ended, wrong);
      news = pass == 1 || Passes.isNews(ended);
      if (!news) {
        overview.awaitNoneLanded();
        overview
            .physical()
            .forEach(
                (table, mark) -> {
                  if (!mark.equals(before.get(table))) {
                    wrong.add("the last pass wrote to " + table);
                  }
                });
      }
    }
    if (news) {
      wrong.add("after " + MOST_PASSES + " passes there is still something new");
    }
    Table catalogue = new Table("CATALOGUE", "ROWS");
    overview.catalogue().forEach(catalogue::row);
    catalogue.print(System.out);
    Map<String, Score.Kind> scores = Score.of(database.pool(), sandbox.identities());
    ScoreCommand.table(scores, System.out);
    scores.forEach(
        (kind, score) ->
            score
                .wrong()
                .forEach(pair -> wrong.add("one " + kind + " and should be two: " + pair)));
    wrong.forEach(line -> System.err.println("backline: " + line));
    if (wrong.isEmpty()) {
      System.out.println(
          "the numbers equal the ledger, the last pass wrote nothing, and no two things are one");
    }
    return wrong.isEmpty() ? exit : Cli.FAILED;
  }

  /** What the runs saw against what the APIs served. */
  private static void compare(Sandbox sandbox, Runs runs, List<Run> ended, List<String> wrong) {
    List<UUID> ids = ended.stream().map(Run::id).toList();
    COMPARED.forEach(
        (source, kinds) -> {
          for (String kind : kinds) {
            long served = sandbox.ledger().of(source).distinct(kind);
            long seen = runs.seen(ids, source.word(), kind);
            if (served != seen) {
              wrong.add(
                  source.word() + " served " + served + " " + kind + "s, the runs saw " + seen);
            }
          }
        });
  }
}
