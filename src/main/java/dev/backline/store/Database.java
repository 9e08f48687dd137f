package dev.backline.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.backline.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that holds the catalogue: the one {@code DATABASE_URL} names, else an embedded
 * one.
 */
public final class Database implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final int OLDEST_VERSION = 15;

  private final HikariDataSource pool;
  private final EmbeddedServer embedded;
  private final JdbcUrl url;
  private final Settings settings;
  private HikariDataSource reads;
  private HikariDataSource replicaPool;
  private ReplicaReads replica;

  private Database(HikariDataSource pool, EmbeddedServer embedded, JdbcUrl url, Settings settings) {
    this.pool = pool;
    this.embedded = embedded;
    this.url = url;
    this.settings = settings;
  }

  /**
   * Opens the database for a node that owns it: starts or adopts an embedded server where no URL is
   * set, waits for one that is still starting, migrates it and checks its environment.
   *
   * @throws DatabaseUnavailable with one line that says what is wrong and what to do
   */
  public static Database open(Settings settings) {
    return open(settings, true);
  }

  /**
   * Opens the database for a command that reads or asks: uses a live Backline's embedded server.
   */
  public static Database connect(Settings settings) {
    return open(settings, false);
  }

  private static Database open(Settings settings, boolean own) {
    Optional<String> external = settings.find("database.url");
    if (external.isPresent()) {
      return start(JdbcUrl.parse(external.get()), null, settings);
    }
    if (settings.text("backline.env").equals("production")) {
      throw new DatabaseUnavailable(
          "DATABASE_URL is not set and BACKLINE_ENV is production; set DATABASE_URL");
    }
    Path folder = Path.of(settings.text("backline.data-dir"));
    Optional<JdbcUrl> running = own ? Optional.empty() : EmbeddedServer.running(folder);
    if (running.isPresent()) {
      return start(running.get(), null, settings);
    }
    EmbeddedServer server = EmbeddedServer.own(folder);
    if (server.adopted()) {
      log.info("took over the PostgreSQL that a killed process left running in {}", folder);
    }
    try {
      return start(server.url(), server, settings);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Database start(JdbcUrl url, EmbeddedServer server, Settings settings) {
    await(url, settings.number("database.start-timeout"));
    HikariConfig config =
        config(
            url, settings.number("database.pool-size"), settings.number("database.pool-timeout"));
    config.setPoolName("backline");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // What a frozen node holds is freed by the server; a day is a day of UTC wherever the server
    // is.
    config.setConnectionInitSql(
        "set time zone 'UTC'; set idle_in_transaction_session_timeout = '60s'; set lock_timeout = '30s'");
    HikariDataSource pool = new HikariDataSource(config);
    try {
      migrate(pool, settings.text("backline.env"));
      return new Database(pool, server, url, settings);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariConfig config(JdbcUrl url, int size, int timeout) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.url());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(timeout);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "backline");
    return config;
  }

  /** Waits until the server answers, and refuses what is not a PostgreSQL of a known version. */
  private static void await(JdbcUrl url, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    boolean said = false;
    Properties login = login(url, seconds);
    while (true) {
      try (Connection connection = DriverManager.getConnection(url.url(), login);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("show server_version_num")) {
        row.next();
        int version = row.getInt(1) / 10000;
        if (version < OLDEST_VERSION) {
          throw new DatabaseUnavailable(
              "the database at "
                  + url
                  + " is PostgreSQL "
                  + version
                  + "; Backline needs "
                  + OLDEST_VERSION
                  + " or newer");
        }
        return;
      } catch (SQLException e) {
        if (!starting(e) || System.nanoTime() > end) {
          throw new DatabaseUnavailable(refusal(url, e), e);
        }
        if (!said) {
          log.warn("waiting up to {} s for the database at {}: {}", seconds, url, firstLine(e));
          said = true;
        }
        try {
          TimeUnit.MILLISECONDS.sleep(300);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new DatabaseUnavailable("interrupted while waiting for the database at " + url);
        }
      }
    }
  }

  /** A server that takes the connection and never answers is given up after a while. */
  private static Properties login(JdbcUrl url, int seconds) {
    Properties login = url.login();
    login.setProperty("loginTimeout", String.valueOf(Math.max(1, Math.min(seconds, 10))));
    return login;
  }

  /** Whether a server may just not be there yet. */
  private static boolean starting(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.equals("57P03") || (state.startsWith("08") && !state.equals("08P01"));
  }

  /** One line: what is wrong, and what to do. */
  private static String refusal(JdbcUrl url, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String words = firstLine(e).replaceFirst("\\. Check that .*", "").replaceFirst("\\.$", "");
    if (state.startsWith("28")) {
      return "the database at "
          + url
          + " refuses the login: "
          + words
          + "; mend user and password in DATABASE_URL";
    }
    if (state.equals("3D000")) {
      return "the server of "
          + url
          + " has no such database: "
          + words
          + "; create it, or mend the name in DATABASE_URL";
    }
    if (words.contains("attempt timed out")) {
      return "no PostgreSQL answers at "
          + url
          + ": "
          + words
          + "; check host and port in DATABASE_URL, and that nothing between refuses the way";
    }
    if (state.equals("08P01") || noAnswer(e)) {
      return "what answers at "
          + url
          + " does not speak like a PostgreSQL: "
          + words
          + "; check host and port in DATABASE_URL";
    }
    return "cannot use the database at "
        + url
        + ": "
        + words
        + "; check that it runs and that DATABASE_URL is right";
  }

  /** Connected, and then cut off without a word. */
  private static boolean noAnswer(Throwable e) {
    return e instanceof java.io.EOFException || (e.getCause() != null && noAnswer(e.getCause()));
  }

  private static void migrate(DataSource pool, String environment) {
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:db/migration")
          .placeholders(Map.of("environment", environment))
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseUnavailable(
          "cannot migrate the database: " + migration(e) + "; nothing was changed by this step", e);
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select environment from installation")) {
      row.next();
      if (!row.getString(1).equals(environment)) {
        throw new DatabaseUnavailable(
            "this database belongs to the environment "
                + row.getString(1)
                + ", not "
                + environment
                + "; set BACKLINE_ENV or DATABASE_URL right");
      }
    } catch (SQLException e) {
      throw new DatabaseUnavailable("cannot read the installation table: " + firstLine(e), e);
    }
  }

  /** Flyway says in its second line which migration it is about. */
  private static String migration(FlywayException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::trim)
        .filter(line -> !line.isEmpty() && !line.matches("-+"))
        .limit(2)
        .collect(Collectors.joining(": "));
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::trim)
        .filter(l -> !l.isEmpty())
        .findFirst()
        .orElse(e.getClass().getSimpleName());
  }

  public DataSource pool() {
    return pool;
  }

  /**
   * Connections of their own for those who only read: short waits, no writing, and plans that look
   * at the values, since a filter that is not given must cost nothing. Of the replica where there
   * is one and it is well. Opened at the first call.
   */
  public synchronized DataSource reads() {
    if (reads == null) {
      reads = readers(url, "backline-reads");
      settings
          .find("database.read-url")
          .ifPresent(
              replica -> {
                JdbcUrl other = JdbcUrl.parse(replica, "DATABASE_READ_URL");
                replicaPool = readers(other, "backline-replica");
                this.replica =
                    new ReplicaReads(
                        reads,
                        replicaPool,
                        other,
                        Duration.ofSeconds(settings.number("database.read-behind-seconds")),
                        Duration.ofSeconds(settings.number("database.read-check-seconds")));
              });
    }
    return replica == null ? reads : replica;
  }

  private HikariDataSource readers(JdbcUrl from, String name) {
    HikariConfig config =
        config(
            from,
            settings.number("database.read-pool-size"),
            settings.number("database.read-pool-timeout"));
    config.setPoolName(name);
    config.setReadOnly(true);
    config.setConnectionInitSql(
        "set time zone 'UTC'; set plan_cache_mode = 'force_custom_plan'; set statement_timeout = "
            + settings.number("database.read-timeout"));
    return new HikariDataSource(config);
  }

  /** Shows the use of the pools to a Micrometer registry; a pool has one for its life. */
  public synchronized void measure(Object meterRegistry) {
    for (HikariDataSource measured :
        Stream.of(pool, reads, replicaPool).filter(Objects::nonNull).toList()) {
      if (measured.getMetricRegistry() == null) {
        measured.setMetricRegistry(meterRegistry);
      }
    }
  }

  /**
   * Asks for a connection outside the pools, which does not wait for a free one.
   *
   * @throws SQLException when there is none within two seconds
   */
  public void reach() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url.url(), url.shortLogin());
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  /** Where it is, without password; of an embedded one with its user, so that psql takes it. */
  public String address() {
    return embedded == null
        ? url.address()
        : url.address().replaceFirst("//", "//" + url.user() + "@") + " (embedded)";
  }

  /** Whether this process alone uses the database: no other node can be at work on it. */
  public boolean exclusive() {
    return embedded != null;
  }

  @Override
  public synchronized void close() {
    if (replica != null) {
      replica.close();
      replicaPool.close();
    }
    if (reads != null) {
      reads.close();
    }
    pool.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
