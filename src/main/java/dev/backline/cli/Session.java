package dev.backline.cli;

import dev.backline.Node;
import dev.backline.SettingRules;
import dev.backline.Settings;
import dev.backline.store.Database;
import dev.backline.store.Presence;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a command has opened, closed in the opposite order at its end, and also when the process is
 * told to stop: routes finish their page before the database goes.
 */
final class Session implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeAll, "backline-stop");
  private final Settings settings;

  private Session(Settings settings) {
    this.settings = settings;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * The settings of this installation.
   *
   * @throws Settings.Invalid for the first value that cannot be used
   */
  static Settings settings() {
    Settings settings = unchecked();
    mistake(settings)
        .ifPresent(
            mistake -> {
              throw new Settings.Invalid(mistake);
            });
    return settings;
  }

  /** The first value that cannot be used, and how many more there are. */
  static Optional<String> mistake(Settings settings) {
    List<String> problems = SettingRules.problems(settings);
    int more = problems.size() - 1;
    return problems.stream()
        .findFirst()
        .map(first -> first + (more == 0 ? "" : "; " + more + " more, see backline check"));
  }

  /** The same, good or bad: for whoever looks for what is wrong. */
  static Settings unchecked() {
    return Settings.load(Path.of("config", "application.properties"), System.getenv());
  }

  static Session with(Settings settings) {
    return new Session(settings);
  }

  Settings current() {
    return settings;
  }

  /** The database, to work on it as a node. */
  Database own() throws SQLException {
    Database database = add(Database.open(settings));
    add(Presence.announce(database));
    return database;
  }

  /** The database, to read it or to leave work for a node. */
  Database connect() {
    return add(Database.connect(settings));
  }

  /**
   * A node that is still starting when the process is told to stop is started, and then stopped.
   */
  Node node(Database database, Node.Mode mode) {
    synchronized (opened) {
      return add(Node.start(settings, database, mode));
    }
  }

  <T extends AutoCloseable> T add(T resource) {
    synchronized (opened) {
      opened.push(resource);
    }
    return resource;
  }

  private void closeAll() {
    synchronized (opened) {
      while (!opened.isEmpty()) {
        try {
          opened.pop().close();
        } catch (Exception e) {
          System.err.println("backline: while stopping: " + e.getMessage());
        }
      }
    }
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is stopping already.
    }
  }
}
