package dev.backline.bench;

import dev.backline.Settings;
import dev.backline.selftest.Child;
import dev.backline.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A large first run as a process of its own in a small heap: whether it ends, and whether its last
 * tenth is as fast as its first.
 */
public final class SmallHeap {
  private static final int LOOK_EVERY_MS = 500;
  private static final double EVENTS_OF_AN_ARTIST = 10.15;

  private SmallHeap() {}

  /**
   * @param events in the catalogue after it
   * @param firstTenth events a second between the first tenth's begin and end
   * @param lastTenth the same of the last
   */
  public record Result(long events, double perSecond, double firstTenth, double lastTenth) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d events, %.0f/s; first tenth %.0f/s, last tenth %.0f/s (%.2f)",
          events,
          perSecond,
          firstTenth,
          lastTenth,
          lastTenth / firstTenth);
    }
  }

  private record Sample(long nanos, long shows) {}

  /**
   * @param folder for the PostgreSQL and the log
   * @throws IOException when the run does not end well; the message has its last lines
   */
  public static Result run(
      Settings settings, Path folder, int events, int heapMb, Consumer<String> say)
      throws Exception {
    List<Sample> samples = new ArrayList<>();
    Path log = folder.resolve("small-heap.log");
    try (Server server = new Server(folder.resolve("data"));
        Api api = new Api((int) (events / EVENTS_OF_AN_ARTIST))) {
      String address = server.create();
      Database.open(settings.with(Map.of("database.url", address))).close();
      ProcessBuilder builder =
          new ProcessBuilder(
              Child.program(
                  List.of("-Xmx" + heapMb + "m", "-XX:+UseSerialGC"), "sync", "upcoming-shows"));
      Child.environment(builder.environment(), Bench.settings(settings, address, api));
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      try (Connection connection = server.connect(address);
          Statement statement = connection.createStatement()) {
        while (!process.waitFor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
          try (ResultSet row =
              statement.executeQuery(
                  "select n_tup_ins from pg_stat_user_tables where relname = 'shows'")) {
            row.next();
            samples.add(new Sample(System.nanoTime(), row.getLong(1)));
          }
          if (samples.size() % 60 == 0) {
            say.accept(samples.get(samples.size() - 1).shows() + " shows");
          }
        }
      } finally {
        process.destroyForcibly();
      }
      // 3: undated requests may not reach everything in so large a world, and say so.
      if (process.exitValue() != 0 && process.exitValue() != 3) {
        List<String> lines = Files.readAllLines(log);
        throw new IOException(
            "the run in a small heap ended with exit code "
                + process.exitValue()
                + ": "
                + lines.subList(Math.max(0, lines.size() - 5), lines.size()));
      }
    }
    return result(samples);
  }

  private static Result result(List<Sample> samples) {
    long last = samples.get(samples.size() - 1).shows();
    return new Result(
        last,
        rate(samples, 1, last),
        rate(samples, 1, last / 10),
        rate(samples, last - last / 10, last));
  }

  /** Events a second from the first sample with at least so many to the first with so many more. */
  private static double rate(List<Sample> samples, long from, long to) {
    Sample start = samples.stream().filter(s -> s.shows() >= from).findFirst().orElseThrow();
    Sample end = samples.stream().filter(s -> s.shows() >= to).findFirst().orElseThrow();
    return (end.shows() - start.shows()) * 1e9 / Math.max(1, end.nanos() - start.nanos());
  }
}
