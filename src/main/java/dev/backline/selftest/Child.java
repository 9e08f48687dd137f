package dev.backline.selftest;

import dev.backline.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Backline as a process of its own: {@code run --once}, on a data folder, against the sandbox. */
public final class Child implements AutoCloseable {
  private static final String MAIN = "dev.backline.App";

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the jar (or the classes) that this process runs from. */
  public static Child start(Path folder, URI ticketmaster, int number) throws IOException {
    return start(folder, ticketmaster, number, Map.of());
  }

  /**
   * @param more environment variables that differ
   */
  public static Child start(Path folder, URI ticketmaster, int number, Map<String, String> more)
      throws IOException {
    return start(folder, ticketmaster, number, more, "run", "--once");
  }

  /** The same that goes on until it is stopped, on ports of its own, its schedules in force. */
  public static Child node(Path folder, URI ticketmaster, int number, Map<String, String> more)
      throws IOException {
    return start(folder, ticketmaster, number, more, "run");
  }

  private static Child start(
      Path folder, URI ticketmaster, int number, Map<String, String> more, String... command)
      throws IOException {
    Path log = folder.resolve("run-" + number + ".log");
    ProcessBuilder builder = new ProcessBuilder(program(List.of(), command));
    Map<String, String> environment = builder.environment();
    environment.remove("DATABASE_URL");
    environment.put("BACKLINE_ENV", "development");
    environment.put("BACKLINE_DATA_DIR", folder.resolve("data").toString());
    environment.put("TICKETMASTER_BASE_URL", ticketmaster.toString());
    environment.put("TICKETMASTER_API_KEY", "selftest-key");
    environment.put("TICKETMASTER_RATE_LIMIT_PER_SECOND", "1000");
    environment.put("TICKETMASTER_RATE_LIMIT_PER_DAY", "10000000");
    environment.put("TICKETMASTER_PAGE_SIZE", "50");
    environment.put("TICKETMASTER_EVENTS_FROM", "2020-01-01");
    environment.put("TICKETMASTER_EVENTS_TO", "2032-12-31");
    environment.put("FETCH_IDLE_DELAY", "50");
    environment.put("FETCH_REQUEST_DELAY", "1");
    environment.put("APPLY_CLOSE_DELAY", "50");
    environment.put("APPLY_SWEEP_AFTER", "1");
    environment.put("APPLY_SWEEP_DELAY", "200");
    environment.putAll(more);
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    return new Child(builder.start(), log);
  }

  /**
   * The command line that starts the jar (or the classes) that this process runs from once more.
   *
   * @param options of the JVM, such as {@code -Xmx256m}
   */
  public static List<String> program(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(options);
    try {
      Path code = Path.of(Child.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      command.addAll(
          Files.isDirectory(code)
              ? List.of("-cp", System.getProperty("java.class.path"), MAIN)
              : List.of("-jar", code.toString()));
    } catch (URISyntaxException e) {
      throw new IOException("cannot find the program's own jar", e);
    }
    command.addAll(List.of(arguments));
    return command;
  }

  /** Sets what a child process is to find in its environment from settings. */
  public static void environment(Map<String, String> environment, Settings settings) {
    environment.keySet().removeIf(name -> name.endsWith("_FILE"));
    for (String key : settings.keys()) {
      if (!key.startsWith("camel.")) {
        settings.find(key).ifPresent(value -> environment.put(Settings.variable(key), value));
      }
    }
  }

  /** Waits for its end; false when the time is over first. */
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    return process.waitFor(time, unit);
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public int exitCode() {
    return process.exitValue();
  }

  /** The last lines it said. */
  public List<String> log() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.subList(Math.max(0, lines.size() - 20), lines.size());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Removes a folder and all in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
