package dev.backline.cli;

import dev.backline.Settings;
import dev.backline.bench.Bench;
import dev.backline.bench.Bench.Part;
import dev.backline.bench.Figures;
import dev.backline.bench.Measured;
import dev.backline.bench.SmallHeap;
import dev.backline.selftest.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark with its database floor. */
@Command(
    name = "bench",
    description =
        "Measures the pipeline from HTTP page to committed catalogue against the database "
            + "floor (the same rows by COPY and set-based upsert, raw compressed meanwhile), a "
            + "row-by-row loop, and a second run over unchanged data: interleaved, on one "
            + "PostgreSQL with durable settings.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private static final int LOOP_SECONDS = 30;
  private static final int SMALL_HEAP_MB = 256;

  @Option(
      names = "--events",
      split = ",",
      defaultValue = "10000,100000",
      description = "Sizes, comma separated; about 10 KB an event.")
  private List<Integer> sizes;

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each size.")
  private int rounds;

  @Option(
      names = "--small-heap",
      description = "Instead: a first run of so many events in a heap of 256 MB.")
  private Integer smallHeap;

  @Option(names = "--statements", description = "Also say where the database's time goes.")
  private boolean statements;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || sizes.stream().anyMatch(size -> size < 100)) {
      throw new WrongUsage("--rounds must be 1 or more and --events 100 or more");
    }
    Settings settings = Session.settings();
    Path folder = Files.createTempDirectory("backline-bench");
    try {
      return smallHeap == null ? compare(settings, folder) : inSmallHeap(settings, folder);
    } finally {
      Child.delete(folder);
    }
  }

  private int inSmallHeap(Settings settings, Path folder) throws Exception {
    SmallHeap.Result result =
        SmallHeap.run(settings, folder, smallHeap, SMALL_HEAP_MB, System.err::println);
    if (json) {
      Json.print(result);
    } else {
      System.out.println("in " + SMALL_HEAP_MB + " MB: " + result);
    }
    return Cli.OK;
  }

  private int compare(Settings settings, Path folder) throws Exception {
    List<Map<String, Object>> report = new ArrayList<>();
    try (Bench bench = new Bench(settings, folder, System.err::println, statements)) {
      bench.warmUp();
      for (int size : sizes) {
        Figures figures = bench.measure(size, rounds, Math.max(1, LOOP_SECONDS / rounds));
        report.add(row(size, figures));
        if (!json) {
          print(size, figures);
        }
      }
      if (json) {
        Json.print(Map.of("sizes", report, "wrong", bench.wrong()));
      }
      bench.wrong().forEach(line -> System.err.println("backline: " + line));
      return bench.wrong().isEmpty() ? Cli.OK : Cli.FAILED;
    }
  }

  private static void print(int size, Figures figures) {
    System.out.println();
    Table table =
        new Table(
            size + " EVENTS",
            "EVENTS/S",
            "CPU US/EVENT: JVM",
            "POSTGRES",
            "API",
            "HEAP PEAK MB",
            "ALLOCATED KB/EVENT");
    for (Part part : Part.values()) {
      Measured m = figures.median(part);
      table.row(
          part.name().toLowerCase(Locale.ROOT),
          Math.round(m.perSecond()),
          Math.round(m.micros(m.cpu().jvm())),
          Math.round(m.micros(m.cpu().postgres())),
          Math.round(m.micros(m.cpu().sandbox())),
          m.heapPeakMb(),
          Math.round(m.allocatedKb()));
    }
    table.print(System.out);
    ratios(figures)
        .forEach((name, ratio) -> System.out.printf(Locale.ROOT, "%s = %.2f%n", name, ratio));
  }

  private static Map<String, Double> ratios(Figures figures) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    ratios.put("pipeline / floor", figures.ratio(Part.PIPELINE, Part.FLOOR));
    ratios.put("pipeline / loop", figures.ratio(Part.PIPELINE, Part.LOOP));
    ratios.put("unchanged / pipeline", figures.ratio(Part.UNCHANGED, Part.PIPELINE));
    return ratios;
  }

  private static Map<String, Object> row(int size, Figures figures) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("events", size);
    for (Part part : Part.values()) {
      row.put(part.name().toLowerCase(Locale.ROOT), figures.parts().get(part));
    }
    row.put("ratios", ratios(figures));
    return row;
  }
}
