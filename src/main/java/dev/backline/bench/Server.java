package dev.backline.bench;

import dev.backline.store.EmbeddedServer;
import dev.backline.store.JdbcUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The one PostgreSQL of a benchmark, with the durable settings that Backline itself uses. */
final class Server implements AutoCloseable {
  private final EmbeddedServer server;
  private final Path folder;
  private int databases;

  Server(Path folder) {
    this.folder = folder;
    this.server =
        EmbeddedServer.own(folder, Map.of("shared_preload_libraries", "pg_stat_statements"));
  }

  /**
   * The statements on which the server has spent most since the last call: microseconds and text.
   */
  List<String> statements(int most) throws SQLException {
    JdbcUrl url = server.url();
    List<String> lines = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(url.url(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create extension if not exists pg_stat_statements");
      try (ResultSet row =
          statement.executeQuery(
              "select round((total_exec_time + total_plan_time) * 1000), calls, left(regexp_replace(query, '\\s+', ' ', 'g'), 90)"
                  + " from pg_stat_statements order by 1 desc limit "
                  + most)) {
        while (row.next()) {
          lines.add(
              String.format(
                  "%12d us %8d calls  %s", row.getLong(1), row.getLong(2), row.getString(3)));
        }
      }
      statement.execute("select pg_stat_statements_reset()");
    }
    return lines;
  }

  /** Address of a new, empty database. */
  String create() throws SQLException {
    String name = "bench_" + ++databases;
    execute("create database " + name);
    return address(name);
  }

  /** Address of a new database that has what another one has, which nobody may be using. */
  String like(String address) throws SQLException {
    String name = "bench_" + ++databases;
    execute("create database " + name + " template " + name(address));
    return address(name);
  }

  void drop(String address) throws SQLException {
    execute("drop database " + name(address) + " with (force)");
    execute("checkpoint");
  }

  Connection connect(String address) throws SQLException {
    JdbcUrl url = JdbcUrl.parse(address);
    return DriverManager.getConnection(
        url.url() + "?stringtype=unspecified", url.user(), url.password());
  }

  /** Process id of the postmaster. */
  long pid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid")).get(0).trim());
  }

  private void execute(String sql) throws SQLException {
    JdbcUrl url = server.url();
    try (Connection connection =
            DriverManager.getConnection(url.url(), url.user(), url.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String name(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  private String address(String name) {
    return server
        .url()
        .url()
        .substring("jdbc:".length())
        .replace("://", "://postgres:@")
        .replaceFirst("/postgres$", "/" + name);
  }

  @Override
  public void close() {
    server.close();
  }
}
