package dev.backline.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The PostgreSQL that Backline starts by itself in a folder of its own, with durable settings.
 *
 * <p>One Backline owns a folder at a time (a lock on {@code backline.lock}, which the operating
 * system lets go when the process dies). A server that a killed Backline left running on the folder
 * is adopted. Before the first statement {@code show data_directory} must name the folder.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final String USER = "postgres";

  /** Bytes below which a server cannot be relied on to start: a new one takes about that. */
  private static final long NEEDED = 64L << 20;

  /** Bytes below which no server starts: one segment of its log. */
  private static final long LEAST = 16L << 20;

  private final Path folder;
  private final int port;
  private final RandomAccessFile lockFile;
  private final FileLock lock;
  private final EmbeddedPostgres started;
  private final ProcessHandle adopted;

  private EmbeddedServer(
      Path folder,
      int port,
      RandomAccessFile lockFile,
      FileLock lock,
      EmbeddedPostgres started,
      ProcessHandle adopted) {
    this.folder = folder;
    this.port = port;
    this.lockFile = lockFile;
    this.lock = lock;
    this.started = started;
    this.adopted = adopted;
  }

  /**
   * Starts or adopts the server of {@code folder} and owns it until {@link #close}.
   *
   * @throws DatabaseUnavailable when a live Backline owns the folder, or the server does not start
   */
  public static EmbeddedServer own(Path folder) {
    return own(folder, Map.of());
  }

  /**
   * @param more further settings of the server
   */
  public static EmbeddedServer own(Path folder, Map<String, String> more) {
    Path home = folder.toAbsolutePath().normalize();
    RandomAccessFile file = null;
    try {
      Files.createDirectories(home);
      file = new RandomAccessFile(home.resolve("backline.lock").toFile(), "rw");
      FileLock lock = tryLock(file);
      if (lock == null) {
        String pid = file.readLine();
        file.close();
        throw new DatabaseUnavailable(
            "the data folder "
                + home
                + " is in use by Backline process "
                + pid
                + "; stop that one, or set BACKLINE_DATA_DIR to another folder");
      }
      Optional<String> full =
          full(home, LEAST); // A server without room for its log hangs at start.
      if (full.isPresent()) {
        file.close();
        throw cannotStart(home, full.get(), null);
      }
      file.setLength(0);
      file.writeBytes(ProcessHandle.current().pid() + "\n");
      return startOrAdopt(home, file, lock, more);
    } catch (IOException | IllegalStateException e) {
      closeQuietly(file);
      String why = oneLine(e) + "; look for free disk space and write permission";
      throw cannotStart(home, full(home, NEEDED).orElse(why), e);
    }
  }

  private static DatabaseUnavailable cannotStart(Path home, String why, Exception e) {
    return new DatabaseUnavailable(
        "cannot start the embedded PostgreSQL in " + home + ": " + why, e);
  }

  /** Says that there is no room, where that is so. */
  private static Optional<String> full(Path home, long needed) {
    for (Path folder : List.of(home, Path.of(System.getProperty("java.io.tmpdir")))) {
      try {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
          return Optional.of(
              "the disk is full ("
                  + (free >> 20)
                  + " MB free in "
                  + folder
                  + "); make room, or set BACKLINE_DATA_DIR to another folder");
        }
      } catch (IOException e) {
        // Then the failure itself has to do.
      }
    }
    return Optional.empty();
  }

  /** The server of a live Backline on the folder, where there is one: to use, not to own. */
  public static Optional<JdbcUrl> running(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    Path portFile = home.resolve("port");
    if (!Files.isRegularFile(portFile)) {
      return Optional.empty();
    }
    try (RandomAccessFile file =
        new RandomAccessFile(home.resolve("backline.lock").toFile(), "rw")) {
      FileLock lock = tryLock(file);
      if (lock != null) {
        lock.release();
        return Optional.empty();
      }
      int port = Integer.parseInt(Files.readString(portFile).trim());
      return serves(home, port) ? Optional.of(url(port)) : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static FileLock tryLock(RandomAccessFile file) throws IOException {
    try {
      // The lock is on a byte past the pid, so that the pid stays readable where locks are
      // mandatory.
      return file.getChannel().tryLock(1000, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static EmbeddedServer startOrAdopt(
      Path home, RandomAccessFile file, FileLock lock, Map<String, String> more)
      throws IOException {
    Path data = home.resolve("postgres");
    Path unfinished = home.resolve("postgres.unfinished");
    if (Files.exists(unfinished)) {
      // The process died while it made the database; nothing was ever stored in it.
      stopOrphan(data);
      delete(data);
    }
    Optional<Orphan> orphan = orphan(home, data);
    if (orphan.isPresent()) {
      Files.writeString(home.resolve("port"), orphan.get().port() + "\n");
      return new EmbeddedServer(
          home, orphan.get().port(), file, lock, null, orphan.get().process());
    }
    boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
    if (fresh) {
      Files.writeString(unfinished, "");
    }
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "100")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_wal_size", "4GB")
            .setServerConfig("checkpoint_timeout", "15min")
            .setServerConfig("timezone", "UTC");
    more.forEach(builder::setServerConfig);
    EmbeddedPostgres postgres = builder.start();
    if (!serves(home, postgres.getPort())) {
      postgres.close();
      throw new IOException(
          "port " + postgres.getPort() + " answers with another server's data directory");
    }
    Files.writeString(home.resolve("port"), postgres.getPort() + "\n");
    if (fresh) {
      Files.delete(unfinished);
    }
    return new EmbeddedServer(home, postgres.getPort(), file, lock, postgres, null);
  }

  private record Orphan(ProcessHandle process, int port) {}

  /** A live server of {@code data}, by its postmaster.pid (line 1 the pid, line 4 the port). */
  private static Optional<Orphan> orphan(Path home, Path data) throws IOException {
    Optional<ProcessHandle> process = orphanProcess(data);
    if (process.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
    for (int attempt = 0; attempt < 100 && process.get().isAlive(); attempt++) {
      if (lines.size() > 3 && serves(home, Integer.parseInt(lines.get(3).trim()))) {
        return Optional.of(new Orphan(process.get(), Integer.parseInt(lines.get(3).trim())));
      }
      pause(100);
      lines =
          Files.exists(data.resolve("postmaster.pid"))
              ? Files.readAllLines(data.resolve("postmaster.pid"))
              : List.of();
    }
    if (process.get().isAlive() && isPostgres(process.get())) {
      stopOrphan(data);
    }
    return Optional.empty();
  }

  private static Optional<ProcessHandle> orphanProcess(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.isRegularFile(pidFile)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(pidFile);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
        .filter(ProcessHandle::isAlive)
        .filter(EmbeddedServer::isPostgres);
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(c -> c.endsWith("postgres")).orElse(false);
  }

  private static void stopOrphan(Path data) throws IOException {
    Optional<ProcessHandle> process = orphanProcess(data);
    if (process.isPresent()) {
      stop(process.get());
    }
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      process.destroyForcibly();
    }
  }

  private static boolean serves(Path home, int port) {
    JdbcUrl url = url(port);
    try (Connection connection = DriverManager.getConnection(url.url(), USER, "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show data_directory")) {
      row.next();
      return Path.of(row.getString(1)).toRealPath().equals(home.resolve("postgres").toRealPath());
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  private static JdbcUrl url(int port) {
    return new JdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, "");
  }

  public JdbcUrl url() {
    return url(port);
  }

  public boolean adopted() {
    return adopted != null;
  }

  @Override
  public void close() {
    try {
      if (started != null) {
        started.close();
      } else {
        stop(adopted);
      }
      Files.deleteIfExists(folder.resolve("port"));
      lock.release();
    } catch (IOException e) {
      // The server is stopped by its own process' end; nothing is lost.
    } finally {
      closeQuietly(lockFile);
    }
  }

  private static void closeQuietly(RandomAccessFile file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // Only the lock file: the lock goes with the process.
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }
}
