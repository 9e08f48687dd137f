package dev.backline.cli;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.sandbox.Sandbox;
import dev.backline.selftest.Checker;
import dev.backline.selftest.Child;
import dev.backline.selftest.Soak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The promise, tried from outside: the packaged program as a process of its own against the sandbox
 * and a real PostgreSQL, killed with -9 at random moments, restarted, and at the end the database
 * compared with the ledger and the truth. The program's own counters are never asked.
 */
@Command(
    name = "selftest",
    description =
        "Tries the promise: starts Backline as its own process against the simulated APIs and "
            + "a real PostgreSQL, kills it with -9 at random moments, restarts it, and compares the "
            + "database with what the APIs served and with what is true.",
    mixinStandardHelpOptions = true)
final class SelftestCommand implements Callable<Integer> {
  private static final int LONGEST_START_MS = 4000;
  private static final int MOST_CALLS = 25;
  private static final int LONGEST_AFTER_CALL_MS = 400;
  private static final int LONGEST_LIFE_SECONDS = 30;
  private static final int DAYS_BETWEEN_HALVES = 5;
  private static final int LAST_RUN_SECONDS = 180;

  @Option(names = "--quick", description = "The short form: 20 kills, a small world.")
  private boolean quick;

  @Option(
      names = "--kills",
      description = "How often the process is killed; default 20 (quick), 100.")
  private Integer kills;

  @Option(
      names = "--seed",
      description = "Seed of the world and of the moments; default: random, printed.")
  private Long seed;

  @Option(names = "--artists", defaultValue = "300", description = "Size of the world.")
  private int artists;

  @Option(
      names = "--nodes",
      description =
          "Instead: so many nodes on one database, one killed every minute, over APIs that fail.")
  private Integer nodes;

  @Option(names = "--minutes", defaultValue = "10", description = "With --nodes: for so long.")
  private int minutes;

  @Option(
      names = "--start",
      description =
          "Instead: whether it starts: all routes and ports, on an empty database of its own, without keys.")
  private boolean start;

  @Option(names = "--keep", description = "Keep the folder with database and logs.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    int count = kills == null ? (quick ? 20 : 100) : kills;
    Path folder = Files.createTempDirectory("backline-selftest");
    Random random = new Random(chosen);
    if (start) {
      return start(folder);
    }
    if (nodes != null) {
      return soak(folder, chosen, random);
    }
    System.out.println(
        "selftest: seed " + chosen + ", " + count + " kills, " + artists + " artists");
    try (Sandbox sandbox = SandboxCommand.open(Sandbox.Options.of(chosen, artists))) {
      Checker checker = new Checker(folder.resolve("data"), sandbox);
      for (int kill = 1; kill <= count; kill++) {
        try (Child child = Child.start(folder, sandbox.ticketmaster(), kill)) {
          String moment = moment(child, sandbox, random);
          child.kill();
          System.out.printf("kill %d of %d %s%n", kill, count, moment);
        }
        if (kill == count / 2 || kill == count) {
          // The first run takes up what the killed ones left, the second sees the whole world.
          finish(folder, sandbox, count + kill);
          finish(folder, sandbox, 2 * count + kill);
          checker.compare();
          sandbox.ledger().reset();
          sandbox.advance(DAYS_BETWEEN_HALVES);
        }
      }
      return report(checker.wrong(), chosen);
    } finally {
      if (keep) {
        System.out.println("kept " + folder);
      } else {
        Child.delete(folder);
      }
    }
  }

  private int start(Path folder) throws Exception {
    Settings settings =
        Session.settings()
            .withoutSecrets()
            .with(
                Map.of(
                    "backline.env", "development",
                    "backline.roles", "schedule,fetch,apply,web",
                    "backline.data-dir", folder.toString(),
                    "backline.http-host", "127.0.0.1",
                    "backline.http-port", "0",
                    "backline.management-host", "127.0.0.1",
                    "backline.management-port", "0",
                    "otel.exporter.otlp.endpoint", ""));
    try (Session session = Session.with(settings)) {
      Node node = session.node(session.own(), Node.Mode.ALL);
      System.out.println("started with " + node.routes().size() + " routes, and stopped again");
      return Cli.OK;
    } finally {
      Child.delete(folder);
    }
  }

  private int soak(Path folder, long chosen, Random random) throws Exception {
    System.out.printf(
        "selftest: seed %d, %d nodes for %d minutes, %d artists%n",
        chosen, nodes, minutes, artists);
    try (Sandbox sandbox = SandboxCommand.open(Sandbox.Options.of(chosen, artists))) {
      return report(
          new Soak(folder, sandbox, random, System.out::println).run(nodes, minutes), chosen);
    } finally {
      if (keep) {
        System.out.println("kept " + folder);
      } else {
        Child.delete(folder);
      }
    }
  }

  private static int report(List<String> wrong, long chosen) {
    wrong.forEach(line -> System.err.println("backline: " + line));
    System.out.println(
        wrong.isEmpty()
            ? "the promise holds: every record served is in the database once, and every show is as it is in truth"
            : "the promise does not hold: " + wrong.size() + " differences; seed " + chosen);
    return wrong.isEmpty() ? Cli.OK : Cli.FAILED;
  }

  private static void finish(Path folder, Sandbox sandbox, int number) throws Exception {
    try (Child last = Child.start(folder, sandbox.ticketmaster(), number)) {
      if (!last.await(LAST_RUN_SECONDS, TimeUnit.SECONDS)) {
        last.kill();
        throw new IllegalStateException("the last run did not end in " + LAST_RUN_SECONDS + " s");
      }
      if (last.exitCode() != Cli.OK) {
        last.log().forEach(System.err::println);
        throw new IllegalStateException("the last run ended with exit code " + last.exitCode());
      }
    }
  }

  /**
   * Waits for a moment to kill: now and then somewhere in the start (one time in five), else so
   * many calls after the child's first one and some milliseconds on, wherever it is then: parsing,
   * landing, applying, closing.
   */
  private static String moment(Child child, Sandbox sandbox, Random random)
      throws InterruptedException {
    if (random.nextInt(5) == 0) {
      int life = random.nextInt(LONGEST_START_MS);
      child.await(life, TimeUnit.MILLISECONDS);
      return "after " + life + " ms";
    }
    int more = 1 + random.nextInt(MOST_CALLS);
    int pause = random.nextInt(LONGEST_AFTER_CALL_MS);
    long target = sandbox.ledger().calls() + more;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_LIFE_SECONDS);
    while (sandbox.ledger().calls() < target && System.nanoTime() < end) {
      if (child.await(2, TimeUnit.MILLISECONDS)) {
        return "after its end";
      }
    }
    boolean ended = child.await(pause, TimeUnit.MILLISECONDS);
    return pause + " ms after call " + more + (ended ? ", after its end" : "");
  }
}
