package dev.backline.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections of a pool on which every commit is a rollback: whatever is tried on them, nothing of
 * it stays. For statements and routes that nobody has judged yet.
 */
public final class Discarding extends DelegatingDataSource {
  /** One that never ends would hold the locks that it has taken; waiting for one ends before. */
  private static final String LIMIT = "set statement_timeout = '45s'";

  public Discarding(DataSource pool) {
    super(pool);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection real = super.getConnection();
    try {
      run(real, LIMIT);
      real.setAutoCommit(false);
    } catch (SQLException e) {
      real.close();
      throw e;
    }
    return (Connection)
        Proxy.newProxyInstance(
            Discarding.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "commit":
                  real.rollback();
                  return null;
                case "setAutoCommit":
                  return null;
                case "close":
                  close(real);
                  return null;
                default:
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
              }
            });
  }

  private static void close(Connection real) throws SQLException {
    try (real) {
      if (!real.isClosed()) {
        real.rollback();
        real.setAutoCommit(true);
        run(real, "reset statement_timeout");
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
