package dev.backline.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether a node is at work on the database: each holds a shared advisory lock for as long as it
 * lives, which PostgreSQL lets go with its connection.
 */
public final class Presence implements AutoCloseable {
  private static final String LOCK = "hashtext('backline node')";

  /** Whether no node is at work, and none begins before the end of the transaction. */
  static final String ALONE = "pg_try_advisory_xact_lock(" + LOCK + ")";

  private final Connection connection;

  private Presence(Connection connection) {
    this.connection = connection;
  }

  /** Announces this node until {@link #close}. */
  public static Presence announce(Database database) throws SQLException {
    Connection connection = database.pool().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock_shared(" + LOCK + ")");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new Presence(connection);
  }

  /** Whether any node is at work. */
  public static boolean any(Database database) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
      row.next();
      boolean free = row.getBoolean(1);
      if (free) {
        try (Statement unlock = connection.createStatement()) {
          unlock.execute("select pg_advisory_unlock(" + LOCK + ")");
        }
      }
      return !free;
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection;
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_unlock_shared(" + LOCK + ")");
    }
  }
}
