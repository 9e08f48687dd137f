package dev.backline.cli;

import dev.backline.sandbox.Sandbox;
import dev.backline.selftest.Checker;
import dev.backline.selftest.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    description = {
      "Tries the promise: starts Backline as its own process against the simulated APIs and a real",
      "PostgreSQL, kills it with -9 at random moments, restarts it, and compares the database with",
      "what the APIs served and with what is true."
    },
    mixinStandardHelpOptions = true)
final class SelftestCommand implements Callable<Integer> {
  private static final int LONGEST_LIFE_MS = 7000;
  private static final int SHORTEST_LIFE_MS = 1500;
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

  @Option(names = "--keep", description = "Keep the folder with database and logs.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    int count = kills == null ? (quick ? 20 : 100) : kills;
    Path folder = Files.createTempDirectory("backline-selftest");
    Random random = new Random(chosen);
    System.out.println(
        "selftest: seed " + chosen + ", " + count + " kills, " + artists + " artists");
    try (Sandbox sandbox = SandboxCommand.open(Sandbox.Options.of(chosen, artists))) {
      for (int kill = 1; kill <= count; kill++) {
        if (kill % 5 == 0) {
          sandbox.advance(1); // The world moves on while the program is dead.
        }
        int life = SHORTEST_LIFE_MS + random.nextInt(LONGEST_LIFE_MS - SHORTEST_LIFE_MS);
        try (Child child = Child.start(folder, sandbox.ticketmaster(), kill)) {
          boolean ended = child.await(life, TimeUnit.MILLISECONDS);
          child.kill();
          System.out.printf(
              "kill %d of %d after %d ms%s%n", kill, count, life, ended ? " (it had ended)" : "");
        }
      }
      try (Child last = Child.start(folder, sandbox.ticketmaster(), count + 1)) {
        if (!last.await(LAST_RUN_SECONDS, TimeUnit.SECONDS)) {
          System.err.println("backline: the last run did not end in " + LAST_RUN_SECONDS + " s");
          last.kill();
          return Cli.FAILED;
        }
        if (last.exitCode() != Cli.OK) {
          System.err.println(
              "backline: the last run ended with exit code " + last.exitCode() + ":");
          last.log().forEach(System.err::println);
          return Cli.FAILED;
        }
      }
      List<String> wrong = Checker.compare(folder, sandbox);
      wrong.forEach(line -> System.err.println("backline: " + line));
      System.out.println(
          wrong.isEmpty()
              ? "the promise holds: every record served is in the database once, and every show is as it is in truth"
              : "the promise does not hold: " + wrong.size() + " differences; seed " + chosen);
      return wrong.isEmpty() ? Cli.OK : Cli.FAILED;
    } finally {
      if (keep) {
        System.out.println("kept " + folder);
      } else {
        Child.delete(folder);
      }
    }
  }
}
