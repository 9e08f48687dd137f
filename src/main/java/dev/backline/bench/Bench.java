package dev.backline.bench;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Database;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The benchmark: floor, row loop, pipeline and unchanged second run, interleaved on one PostgreSQL.
 */
public final class Bench implements AutoCloseable {
  private static final int LOOK_EVERY_MS = 20;

  private final Settings settings;
  private final Server server;
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param folder for the PostgreSQL; nothing else is in it
   */
  public Bench(Settings settings, Path folder) {
    this.settings = settings;
    this.server = new Server(folder);
  }

  /** Figures of all rounds of one size, by part: floor, loop, pipeline, unchanged. */
  public record Figures(Map<String, List<Measured>> parts) {}

  /**
   * @param events about how many; the simulated world decides
   * @param loopSeconds how long the row loop runs in each round
   */
  public Figures measure(int events, int rounds, int loopSeconds) throws Exception {
    Map<String, List<Measured>> parts = new LinkedHashMap<>();
    try (Api api = new Api(Math.max(1, events * 100 / 1049))) {
      String template = migrated();
      for (int round = 0; round < rounds; round++) {
        round(api, template, loopSeconds, parts);
      }
      server.drop(template);
    }
    return new Figures(parts);
  }

  private void round(Api api, String template, int loopSeconds, Map<String, List<Measured>> parts)
      throws Exception {
    String address = server.like(template);
    Settings mine = settings(address, api);
    try (Database database = Database.open(mine);
        Node node = Node.start(mine, database, Node.Mode.WORK)) {
      Overview overview = new Overview(database.pool());
      server.statements(1);
      add(parts, "pipeline", Measured.of(server, api.pid(), () -> run(node, database)));
      server.statements(30).forEach(System.err::println);
      Map<String, String> before = overview.physical();
      add(parts, "unchanged", Measured.of(server, api.pid(), () -> run(node, database)));
      if (!before.equals(overview.physical())) {
        wrong.add("the second run wrote rows");
      }
    }
    Written written;
    RowLoop loop;
    try (Connection connection = server.connect(address)) {
      written = Written.read(connection);
      loop = new RowLoop(connection, loopSeconds * 3000);
    }
    server.drop(address);
    String floor = server.like(template);
    try (Connection connection = server.connect(floor)) {
      Floor writer = new Floor(connection);
      add(
          parts,
          "floor",
          Measured.of(
              server,
              0,
              () -> {
                writer.write(written);
                return written.events();
              }));
    }
    server.drop(floor);
    String rows = server.like(template);
    try (Connection connection = server.connect(rows)) {
      add(
          parts,
          "loop",
          Measured.of(
              server, 0, () -> loop.write(connection, TimeUnit.SECONDS.toNanos(loopSeconds))));
    }
    server.drop(rows);
  }

  private static void add(Map<String, List<Measured>> parts, String name, Measured measured) {
    parts.computeIfAbsent(name, n -> new ArrayList<>()).add(measured);
    System.err.printf(
        "%-10s %8d events %8.0f/s  cpu us/event: jvm %5.0f postgres %5.0f api %4.0f  heap peak %4d MB  allocated %4.0f KB/event%n",
        name,
        measured.events(),
        measured.perSecond(),
        measured.micros(measured.cpu().jvm()),
        measured.micros(measured.cpu().postgres()),
        measured.micros(measured.cpu().sandbox()),
        measured.heapPeak() >> 20,
        measured.cpu().allocated() / 1024.0 / measured.events());
  }

  private String migrated() throws Exception {
    String address = server.create();
    Database.open(settings.with(Map.of("database.url", address))).close();
    return address;
  }

  private Settings settings(String address, Api api) {
    Map<String, String> values = new HashMap<>();
    values.put("database.url", address);
    values.put("backline.env", "development");
    values.put("ticketmaster.base-url", api.ticketmaster().toString());
    values.put("ticketmaster.api-key", "bench-key");
    values.put("ticketmaster.rate-limit-per-second", "100000");
    values.put("ticketmaster.rate-limit-per-day", "100000000");
    values.put("ticketmaster.events-from", "2020-01-01");
    values.put("ticketmaster.events-to", "2032-12-31");
    values.put("fetch.idle-delay", "20");
    values.put("apply.close-delay", "20");
    return settings.with(values);
  }

  private long run(Node node, Database database) throws InterruptedException {
    Runs runs = new Runs(database.pool());
    UUID id = JobRuns.start(node, "upcoming-shows", Map.of());
    while (true) {
      Run run = runs.find(id).orElseThrow();
      if (run.ended()) {
        if (run.status().equals("failed")) {
          wrong.add("a run ended " + run.status() + ": " + run.error());
        }
        return runs.seen(List.of(id), "event");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
  }

  /** What makes the figures worthless, if anything. */
  public List<String> wrong() {
    return wrong;
  }

  @Override
  public void close() {
    server.close();
  }
}
