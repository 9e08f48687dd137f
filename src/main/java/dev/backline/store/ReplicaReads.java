package dev.backline.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Readers are answered by the replica while it is there and not too far behind, else by the
 * primary: also a statement that the replica was at when it went.
 */
final class ReplicaReads extends AbstractDataSource implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReplicaReads.class);

  /** The newest thing that runs have written, and how far the schema is. */
  private static final String STATE =
      "select (select max(updated_at) from sync_jobs), (select count(*) from flyway_schema_history), now()";

  private record State(Timestamp newest, long migrations, Timestamp now) {}

  private final DataSource primary;
  private final DataSource replica;
  private final JdbcUrl url;
  private final Duration behind;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "backline-replica");
            thread.setDaemon(true);
            return thread;
          });

  /** Why it is not asked; null where it is. */
  private volatile String away = "it was not looked at yet";

  private boolean said;

  ReplicaReads(
      DataSource primary, DataSource replica, JdbcUrl url, Duration behind, Duration lookEvery) {
    this.primary = primary;
    this.replica = replica;
    this.url = url;
    this.behind = behind;
    look();
    long every = lookEvery.toMillis();
    looking.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      State there = state(DriverManager.getConnection(url.url(), url.shortLogin()));
      State here = state(primary.getConnection());
      if (there.migrations() != here.migrations()) {
        turn("its schema is another one");
      } else if (isBehind(there, here)) {
        turn("it is more than " + behind.toSeconds() + " s behind");
      } else {
        turn(null);
      }
    } catch (SQLException e) {
      turn(firstLine(e));
    } catch (RuntimeException e) {
      log.warn("cannot look after the replica at {}: {}", url, e.toString());
    }
  }

  private static State state(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      return new State(row.getTimestamp(1), row.getLong(2), row.getTimestamp(3));
    }
  }

  /**
   * What was written long ago and is not there yet, or what it has and what there is lie far apart.
   */
  private boolean isBehind(State there, State here) {
    if (here.newest() == null || here.newest().equals(there.newest())) {
      return false;
    }
    if (there.newest() == null) {
      return true;
    }
    long since = here.now().getTime() - here.newest().getTime();
    long apart = here.newest().getTime() - there.newest().getTime();
    return Math.max(since, apart) > behind.toMillis() && apart > 0;
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it gave no reason");
  }

  /** Notes whether it is asked from now on, and says it where that changes. */
  private synchronized void turn(String reason) {
    boolean was = away == null;
    away = reason;
    if (reason != null && (was || !said)) {
      log.warn(
          "readers are answered by the primary: the replica at {} is left out, {}", url, reason);
    } else if (reason == null && !was) {
      log.warn("readers are answered by the replica at {}", url);
    }
    said = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (away == null) {
      Connection connection = null;
      try {
        connection = replica.getConnection();
        if (connection.isValid(1)) {
          return watched(connection);
        }
        turn("a connection to it was cut");
      } catch (SQLException e) {
        turn(firstLine(e));
      }
      if (connection != null) {
        close(connection);
      }
    }
    return primary.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLException("readers have one login");
  }

  /** One that was cut may not even be closed in peace; the pool makes another one. */
  private static void close(Connection cut) {
    try {
      cut.close();
    } catch (SQLException e) {
      log.debug("closing a connection to the replica: {}", firstLine(e));
    }
  }

  private Connection watched(Connection connection) {
    return proxy(Connection.class, new Reader(connection));
  }

  /** A connection to the replica, in whose place one to the primary comes where it is cut. */
  private final class Reader implements InvocationHandler {
    private final Connection first;
    private Connection now;

    Reader(Connection first) {
      this.first = first;
      this.now = first;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("close")) {
        if (now == first) {
          first.close();
        } else {
          close(first);
          now.close();
        }
        return null;
      }
      Object answer;
      try {
        answer = call(now, method, arguments);
      } catch (SQLException e) {
        change(e);
        answer = call(now, method, arguments);
      }
      return method.getName().equals("prepareStatement")
          ? proxy(
              PreparedStatement.class,
              new Asked(this, (PreparedStatement) answer, method, arguments))
          : answer;
    }

    /** Goes on with the primary; a failure that is none of the connection is thrown again. */
    void change(SQLException e) throws SQLException {
      if (now != first || !isCut(e)) {
        throw e;
      }
      turn(firstLine(e));
      now = primary.getConnection();
    }
  }

  /**
   * A statement that remembers what it was given, so that it can be asked again of the primary
   * where its connection is cut.
   */
  private static final class Asked implements InvocationHandler {
    private final Reader reader;
    private final Method prepare;
    private final Object[] prepared;
    private final List<Method> methods = new ArrayList<>();
    private final List<Object[]> values = new ArrayList<>();
    private final Connection of;
    private PreparedStatement now;

    Asked(Reader reader, PreparedStatement now, Method prepare, Object[] prepared) {
      this.reader = reader;
      this.of = reader.now;
      this.now = now;
      this.prepare = prepare;
      this.prepared = prepared;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      if (method.getName().startsWith("set")) {
        methods.add(method);
        values.add(arguments);
      }
      try {
        return call(now, method, arguments);
      } catch (SQLException e) {
        if (reader.now == of) {
          reader.change(e); // Else another statement of the same reader has found out.
        }
        now = (PreparedStatement) call(reader.now, prepare, prepared);
        for (int i = 0; i < methods.size(); i++) {
          call(now, methods.get(i), values.get(i));
        }
        return call(now, method, arguments);
      }
    }
  }

  /** The connection is gone, or the server goes or refuses: not a fault of the statement. */
  private static boolean isCut(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P") || state.equals("40001");
  }

  private static Object call(Object on, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            ReplicaReads.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
