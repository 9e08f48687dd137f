package dev.backline.testkit;

import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.apply.Trial;
import dev.backline.jobs.JobRuns;
import dev.backline.store.Database;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.management.JMException;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A real node with the real routes/ and config/, over a database of its own, calling what it is
 * told.
 */
public final class TestNode implements AutoCloseable {
  public static final String KEY = "canary-key-7f3a9b";

  private final Settings settings;
  private final Database database;
  private final Node node;

  private TestNode(Settings settings, Database database, Node node) {
    this.settings = settings;
    this.database = database;
    this.node = node;
  }

  /** A node that fetches and applies, on a new database. */
  public static TestNode start(URI ticketmaster) {
    return start(Postgres.create(), ticketmaster, Map.of());
  }

  /**
   * @param more settings that differ from those of tests
   */
  public static TestNode start(String databaseUrl, URI ticketmaster, Map<String, String> more) {
    Settings settings = settings(databaseUrl, ticketmaster, more);
    Database database = Database.open(settings);
    return new TestNode(settings, database, Node.start(settings, database, Node.Mode.WORK));
  }

  /** A whole node: with its schedules, of which none comes up in a test, and both ports. */
  public static TestNode serve(String databaseUrl, URI ticketmaster, Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    Settings.load(Path.of("config/application.properties"), Map.of()).keys().stream()
        .filter(key -> key.startsWith("jobs.") && key.endsWith(".cron"))
        .forEach(key -> values.put(key, "0 0 0 1 1 ? 2099"));
    values.put("backline.http-host", "127.0.0.1");
    values.put("backline.http-port", "0");
    values.put("backline.management-port", "0");
    values.put("web.total-seconds", "0");
    values.putAll(more);
    Settings settings = settings(databaseUrl, ticketmaster, values);
    Database database = Database.open(settings);
    try {
      return new TestNode(settings, database, Node.start(settings, database, Node.Mode.ALL));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** The real settings with what a test needs: short waits, a wide limit, its own addresses. */
  public static Settings settings(String databaseUrl, URI ticketmaster, Map<String, String> more) {
    Map<String, String> values = new HashMap<>();
    values.put("database.url", databaseUrl);
    values.put("ticketmaster.base-url", ticketmaster.toString());
    values.put("ticketmaster.api-key", KEY);
    values.put("ticketmaster.rate-limit-per-second", "1000");
    values.put("ticketmaster.rate-limit-per-day", "1000000");
    values.put("ticketmaster.events-from", "2020-01-01");
    values.put("ticketmaster.events-to", "2032-12-31");
    values.put("fetch.idle-delay", "50");
    values.put("fetch.retry-delay", "20");
    values.put("fetch.request-delay", "0");
    values.put("fetch.breaker-pause", "1");
    values.put("fetch.response-timeout", "2000");
    values.put("apply.close-delay", "50");
    values.put("apply.sweep-after", "1");
    values.put("apply.sweep-delay", "200");
    values.putAll(more);
    return Settings.load(Path.of("config/application.properties"), Map.of()).with(values);
  }

  /** Runs a job and waits for its end. */
  public Run sync(String job, String... parameters) {
    return await(begin(job, parameters));
  }

  public UUID begin(String job, String... parameters) {
    Map<String, String> given = new HashMap<>();
    for (String parameter : parameters) {
      given.put(parameter.split("=", 2)[0], parameter.split("=", 2)[1]);
    }
    return JobRuns.start(node, job, given);
  }

  public Run await(UUID run) {
    Runs runs = new Runs(database.pool());
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> runs.find(run).orElseThrow(), Run::ended);
  }

  /** What a remap of a source would change, as {@code ./backline remap --dry-run} asks. */
  public Trial tryOut(String source, String kind, int limit) {
    Trial trial = new Trial(limit);
    Map<String, Object> properties = new HashMap<>();
    properties.put("source", source);
    properties.put("recordSource", source);
    properties.put("trial", trial);
    if (kind != null) {
      properties.put("recordKind", kind);
    }
    for (String after = ""; after != null; ) {
      properties.put("after", after);
      after = node().call("remap-page", null, properties, String.class);
    }
    return trial;
  }

  /** Waits until the sweep and the queue have nothing left to apply. */
  public void awaitNoneLanded() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> count("source_records where state = 'landed'") == 0);
  }

  /** Starts or stops a route over JMX, as an operator does it; of every node of this process. */
  public void invoke(String route, String operation) {
    var server = ManagementFactory.getPlatformMBeanServer();
    try {
      for (ObjectName name :
          server.queryNames(
              new ObjectName("org.apache.camel:type=routes,name=\"" + route + "\",*"), null)) {
        server.invoke(name, operation, new Object[0], new String[0]);
      }
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  public JdbcTemplate jdbc() {
    return new JdbcTemplate(database.pool());
  }

  public long count(String from) {
    return jdbc().queryForObject("select count(*) from " + from, Long.class);
  }

  public Node node() {
    return node;
  }

  public Settings settings() {
    return settings;
  }

  public Database database() {
    return database;
  }

  @Override
  public void close() {
    node.close();
    database.close();
  }
}
