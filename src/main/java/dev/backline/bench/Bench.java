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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The benchmark: floor, row loop, pipeline and unchanged second run, interleaved on one PostgreSQL
 * with durable settings, over the simulated API in a process of its own.
 */
public final class Bench implements AutoCloseable {
  /** What is measured. */
  public enum Part {
    /**
     * The rows that the pipeline writes, by COPY and set-based upsert, raw compressed meanwhile.
     */
    FLOOR,
    /** The same, row by row, a transaction an event. */
    LOOP,
    /** From HTTP page to committed catalogue. */
    PIPELINE,
    /** A second run over unchanged data. */
    UNCHANGED
  }

  private static final int LOOK_EVERY_MS = 20;
  private static final int WARM_UP_EVENTS = 40_000;
  private static final int STATEMENTS = 20;
  // What the sandbox makes of an artist, on average.
  private static final double EVENTS_OF_AN_ARTIST = 10.15;

  private final Settings settings;
  private final Server server;
  private final Consumer<String> say;
  private final boolean statements;
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param folder for the PostgreSQL; nothing else is in it
   * @param say takes a line for each thing measured
   * @param statements whether to say on which statements the database spent most
   */
  public Bench(Settings settings, Path folder, Consumer<String> say, boolean statements) {
    this.settings = settings;
    this.server = new Server(folder);
    this.say = say;
    this.statements = statements;
  }

  /** Lets the virtual machine compile what it will need; measures nothing. */
  public void warmUp() throws Exception {
    say.accept("warm-up");
    measure(WARM_UP_EVENTS, 3, 1);
  }

  /**
   * @param events about how many; the simulated world decides
   * @param loopSeconds how long the row loop runs in each round
   */
  public Figures measure(int events, int rounds, int loopSeconds) throws Exception {
    Map<Part, List<Measured>> parts = new EnumMap<>(Part.class);
    try (Api api = new Api(Math.max(1, (int) (events / EVENTS_OF_AN_ARTIST)))) {
      String template = server.create();
      Database.open(settings.with(Map.of("database.url", template))).close();
      for (int round = 0; round < rounds; round++) {
        round(api, template, loopSeconds, parts);
      }
      server.drop(template);
    }
    return new Figures(parts);
  }

  private void round(Api api, String template, int loopSeconds, Map<Part, List<Measured>> parts)
      throws Exception {
    String address = server.like(template);
    Settings mine = settings(address, api);
    try (Database database = Database.open(mine);
        Node node = Node.start(mine, database, Node.Mode.WORK)) {
      Overview overview = new Overview(database.pool());
      add(parts, Part.PIPELINE, api, () -> run(node, database));
      Map<String, String> before = overview.physical();
      add(parts, Part.UNCHANGED, api, () -> run(node, database));
      if (!before.equals(overview.physical())) {
        wrong.add("the second run wrote rows");
      }
    }
    Written written;
    RowLoop loop;
    try (Connection connection = server.connect(address)) {
      written = Written.read(connection);
      loop = new RowLoop(connection, loopSeconds * 5000);
    }
    server.drop(address);
    String floor = server.like(template);
    try (Connection connection = server.connect(floor)) {
      Floor writer = new Floor(connection);
      add(parts, Part.FLOOR, api, () -> writer.write(written));
    }
    server.drop(floor);
    String rows = server.like(template);
    try (Connection connection = server.connect(rows)) {
      add(
          parts,
          Part.LOOP,
          api,
          () -> loop.write(connection, TimeUnit.SECONDS.toNanos(loopSeconds)));
    }
    server.drop(rows);
  }

  private void add(Map<Part, List<Measured>> parts, Part part, Api api, Measured.Work work)
      throws Exception {
    if (statements) {
      server.statements(0);
    }
    Measured measured = Measured.of(server, api.pid(), work);
    parts.computeIfAbsent(part, p -> new ArrayList<>()).add(measured);
    say.accept(part.name().toLowerCase(Locale.ROOT) + ": " + measured);
    if (statements) {
      server.statements(STATEMENTS).forEach(say);
    }
  }

  /** Settings of a run against the simulated API, without its limits. */
  static Settings settings(Settings settings, String address, Api api) {
    Map<String, String> values = new HashMap<>();
    values.put("database.url", address);
    values.put("backline.env", "development");
    values.put("ticketmaster.base-url", api.ticketmaster().toString());
    values.put("ticketmaster.api-key", "bench-key");
    values.put("ticketmaster.rate-limit-per-second", "100000");
    values.put("ticketmaster.rate-limit-per-day", "100000000");
    values.put("ticketmaster.events-from", "2020-01-01");
    values.put("ticketmaster.events-to", "2032-12-31");
    values.put("fetch.idle-delay", "100");
    values.put("apply.close-delay", "100");
    return settings.with(values);
  }

  private Settings settings(String address, Api api) {
    return settings(settings, address, api);
  }

  private long run(Node node, Database database) throws InterruptedException {
    Runs runs = new Runs(database.pool());
    UUID id = JobRuns.start(node, "upcoming-shows", Map.of());
    while (true) {
      Run run = runs.find(id).orElseThrow();
      if (run.ended()) {
        if (run.status().equals("failed") || run.rejected() + run.dead() > 0) {
          wrong.add("a run ended " + run.status() + ": " + run.error());
        }
        return runs.seen(List.of(id), "ticketmaster", "event");
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
