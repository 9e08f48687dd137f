package dev.backline.bench;

import dev.backline.store.EmbeddedServer;
import dev.backline.store.JdbcUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The one PostgreSQL of a benchmark, with the durable settings that Backline itself uses. */
final class Server implements AutoCloseable {
  private final EmbeddedServer server;
  private final Path folder;
  private int databases;

  Server(Path folder) {
    this.folder = folder;
    this.server = EmbeddedServer.own(folder);
  }

  /** Address of a new, empty database. */
  String create() throws SQLException {
    String name = "bench_" + ++databases;
    execute("create database " + name);
    return address(name);
  }

  /** Address of a new database with the tables of another one's schema and no rows. */
  String like(String address) throws SQLException {
    String copy = create();
    // A template of the migrated schema is made once, before anything is written to it.
    String name = name(copy);
    execute("drop database " + name);
    execute("create database " + name + " template " + name(address));
    return copy;
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
