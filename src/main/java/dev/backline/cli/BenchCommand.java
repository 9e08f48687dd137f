package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.bench.Bench;
import dev.backline.selftest.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark with its database floor. */
@Command(
    name = "bench",
    description = {
      "Measures the pipeline from HTTP page to committed catalogue against the database floor (the",
      "same rows by COPY and set-based upsert), a row-by-row loop, and a second run over unchanged",
      "data, interleaved on one PostgreSQL with durable settings."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--events", split = ",", defaultValue = "10000,100000", description = "Sizes.")
  private List<Integer> sizes;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each size.")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    Path folder = Files.createTempDirectory("backline-bench");
    try (Bench bench = new Bench(settings, folder)) {
      bench.measure(20_000, 1, 3);
      System.err.println("warm");
      for (int size : sizes) {
        bench.measure(size, rounds, 10);
      }
      bench.wrong().forEach(System.err::println);
    } finally {
      Child.delete(folder);
    }
    return 0;
  }
}
