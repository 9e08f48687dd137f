package dev.backline.testkit;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;

/**
 * {@code backline run} as a process of its own, in a folder with copies of routes/ and config/ that
 * a test may edit and break.
 */
public final class LiveNode implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Path folder;
  private final Process process;
  private JMXConnector connector;

  private LiveNode(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** Copies routes/ and config/ to a folder. */
  public static void copy(Path folder) throws IOException {
    for (Path from : List.of(Path.of("routes"), Path.of("config"))) {
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Path to = folder.resolve(file.toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(to);
          } else {
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }

  /** Starts it and waits until it watches its routes. */
  public static LiveNode start(Path folder, Map<String, String> environment) throws IOException {
    copy(folder);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.backline.App",
            "run");
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("log").toFile());
    LiveNode node = new LiveNode(folder, builder.start());
    try {
      node.awaitLine(0, line -> line.contains("are taken while the routes run"));
      return node;
    } catch (RuntimeException e) {
      String log = String.join("\n", node.log());
      node.close();
      throw new IllegalStateException(log, e);
    }
  }

  /** What a node needs to work against the sandbox. */
  public static Map<String, String> environment(String databaseUrl, URI ticketmaster) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("DATABASE_URL", databaseUrl);
    environment.put("TICKETMASTER_BASE_URL", ticketmaster.toString());
    environment.put("TICKETMASTER_API_KEY", TestNode.KEY);
    environment.put("TICKETMASTER_RATE_LIMIT_PER_SECOND", "1000");
    environment.put("TICKETMASTER_RATE_LIMIT_PER_DAY", "1000000");
    environment.put("TICKETMASTER_PAGE_SIZE", "20");
    environment.put("TICKETMASTER_EVENTS_FROM", "2020-01-01");
    environment.put("TICKETMASTER_EVENTS_TO", "2032-12-31");
    environment.put("FETCH_IDLE_DELAY", "50");
    environment.put("FETCH_REQUEST_DELAY", "0");
    environment.put("APPLY_CLOSE_DELAY", "50");
    environment.put("APPLY_SWEEP_AFTER", "2");
    environment.put("APPLY_SWEEP_DELAY", "200");
    environment.put("JOBS_UPCOMING_SHOWS_CRON", "0 0 0 1 1 ? 2099");
    return environment;
  }

  // --- Files ------------------------------------------------------------------------------------

  public Path file(String name) {
    return folder.resolve(name);
  }

  public String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void write(String name, String text) {
    try {
      Files.createDirectories(file(name).getParent());
      Files.writeString(file(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a text that must stand there. */
  public void edit(String name, String from, String to) {
    edit(name, text -> text.replace(from, to));
  }

  public void edit(String name, UnaryOperator<String> change) {
    String before = text(name);
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new IllegalArgumentException(name + " does not hold what is to be changed");
    }
    write(name, after);
  }

  // --- What it says -----------------------------------------------------------------------------

  public List<String> log() {
    try {
      return Files.readAllLines(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines that it has said so far. */
  public int said() {
    return log().size();
  }

  /** Waits for a line after the first so many; answers all lines after them. */
  public List<String> awaitLine(int after, Predicate<String> wanted) {
    Awaitility.await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(20))
        .failFast(() -> !process.isAlive())
        .until(() -> log().stream().skip(after).anyMatch(wanted));
    return log().stream().skip(after).toList();
  }

  // --- JMX --------------------------------------------------------------------------------------

  private MBeanServerConnection beans() throws IOException {
    if (connector == null) {
      try {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        machine.detach();
      } catch (AttachNotSupportedException e) {
        throw new IOException(e);
      }
    }
    return connector.getMBeanServerConnection();
  }

  private static ObjectName name(String id) throws JMException {
    return new ObjectName("org.apache.camel:context=backline,type=routes,name=" + id);
  }

  private static ObjectName route(String id) throws JMException {
    return name(ObjectName.quote(id));
  }

  /** Every route as JMX knows it, with its state. */
  public Map<String, String> routes() {
    try {
      Map<String, String> states = new TreeMap<>();
      for (ObjectName name : beans().queryNames(name("*"), null)) {
        states.put(
            ObjectName.unquote(name.getKeyProperty("name")),
            String.valueOf(beans().getAttribute(name, "State")));
      }
      return states;
    } catch (IOException | JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An attribute of a route, such as ExchangesTotal. */
  public Object attribute(String id, String attribute) {
    try {
      return beans().getAttribute(route(id), attribute);
    } catch (IOException | JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code start} or {@code stop}, as an operator does it. */
  public void invoke(String id, String operation) {
    try {
      beans().invoke(route(id), operation, new Object[0], new String[0]);
    } catch (IOException | JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends it a signal, such as STOP, CONT or KILL. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** SIGTERM; whether it ended in time. Where it did not, its log ends with its threads. */
  public boolean stop(long seconds) throws InterruptedException, IOException {
    process.destroy();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      new ProcessBuilder("kill", "-3", String.valueOf(process.pid())).start().waitFor();
      process.waitFor(1, TimeUnit.SECONDS);
    }
    return ended;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
