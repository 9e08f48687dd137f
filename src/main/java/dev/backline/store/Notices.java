package dev.backline.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to a channel of the database (NOTIFY), on one connection of its own, from {@link #start}
 * until {@link #close}. What was said while the connection was away is lost: {@code again} is
 * called whenever one was opened.
 */
public final class Notices implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Notices.class);
  private static final int WAIT_MS = 5_000;

  private final DataSource dataSource;
  private final String channel;
  private final Consumer<String> told;
  private final Runnable again;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param channel a plain lower-case word
   * @param told is given the payload of each notice
   */
  public Notices(DataSource dataSource, String channel, Consumer<String> told, Runnable again) {
    this.dataSource = dataSource;
    this.channel = channel;
    this.told = told;
    this.again = again;
    this.thread = new Thread(this::listen, "notices-" + channel);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  private void listen() {
    boolean said = false;
    while (!closed) {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("listen " + channel);
        again.run();
        said = false;
        PGConnection notices = connection.unwrap(PGConnection.class);
        try {
          while (!closed) {
            for (PGNotification notice : notices.getNotifications(WAIT_MS)) {
              told.accept(notice.getParameter());
            }
          }
        } finally {
          if (!connection.isClosed()) {
            statement.execute("unlisten *");
          }
        }
      } catch (SQLException | RuntimeException e) {
        if (!closed && !said) {
          log.warn(
              "not told of changes ({}) until the database answers: {}", channel, e.getMessage());
          said = true;
        }
        pause();
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
