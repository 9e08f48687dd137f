package dev.backline.cli;

import dev.backline.Settings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder that nodes run from: releases beside each other, {@code current} that points to one,
 * secrets as files, a file of variables for each node, and what runs.
 */
final class Installation {
  /** What a release is made of; in a source tree jar and libraries are what Maven has built. */
  private static final List<String> PARTS =
      List.of("backline", "backline.jar", "lib", "config", "routes", "LICENSE", "CHANGELOG.md");

  /** A stop waits for the page in flight. */
  private static final int STOP_SECONDS = 40;

  private static final int LOOK_EVERY_MS = 200;

  private final Path folder;
  private final Map<Path, String> formerSecrets = new HashMap<>();
  private final int readySeconds;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  Installation(Path folder, int readySeconds) {
    this.folder = folder;
    this.readySeconds = readySeconds;
  }

  Path lock() {
    return folder.resolve("deploy.lock");
  }

  void prepare() throws IOException {
    for (String part : List.of("releases", "run", "nodes", "secrets")) {
      Files.createDirectories(folder.resolve(part));
    }
    Files.setPosixFilePermissions(
        folder.resolve("secrets"), PosixFilePermissions.fromString("rwx------"));
  }

  // --- The release ------------------------------------------------------------------------------

  /**
   * Secrets that the environment holds, each in a file that only its owner reads. What they replace
   * is remembered for {@link #restoreSecrets}.
   */
  void keepSecrets(Settings settings) throws IOException {
    for (String key : settings.keys()) {
      if (Settings.secret(key) || key.endsWith(".client-id")) {
        Optional<String> value = settings.find(key);
        if (value.isPresent()) {
          Path file = folder.resolve("secrets").resolve(Settings.variable(key));
          formerSecrets.put(file, Files.exists(file) ? Files.readString(file) : null);
          writeSecret(file, value.get() + "\n");
        }
      }
    }
  }

  /**
   * Puts the secrets back that the release before ran with; one that was not there is taken away.
   */
  void restoreSecrets() throws IOException {
    for (Map.Entry<Path, String> former : formerSecrets.entrySet()) {
      if (former.getValue() == null) {
        Files.deleteIfExists(former.getKey());
      } else {
        writeSecret(former.getKey(), former.getValue());
      }
    }
  }

  private static void writeSecret(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName());
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Puts a release in its place, named by what it holds; one that is there already is that one. */
  Path take(Path home) throws IOException {
    Path named = folder.resolve("releases").resolve(name(home));
    if (Files.isDirectory(named)) {
      return named.toRealPath();
    }
    Path fresh = folder.resolve("releases").resolve(".new");
    delete(fresh);
    for (String part : PARTS) {
      Path from = part(home, part);
      if (Files.exists(from)) {
        copy(from, fresh.resolve(part));
      }
    }
    Files.move(fresh, named, StandardCopyOption.ATOMIC_MOVE);
    return named.toRealPath();
  }

  private static Path part(Path home, String part) {
    boolean built = part.equals("backline.jar") || part.equals("lib");
    Path target = home.resolve("target").resolve(part);
    return built && Files.exists(home.resolve("pom.xml")) ? target : home.resolve(part);
  }

  private static String name(Path home) throws IOException {
    String version =
        Optional.ofNullable(Cli.class.getPackage().getImplementationVersion()).orElse("0");
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : PARTS) {
        Path from = part(home, part);
        for (Path file : Files.exists(from) ? files(from) : List.<Path>of()) {
          digest.update((part + "/" + from.relativize(file)).getBytes());
          digest.update(Files.readAllBytes(file));
        }
      }
      return version + "-" + HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Path from) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path copy = file.equals(from) ? to : to.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> all = Files.walk(path)) {
        for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The release that {@code current} points to; null where there is none. */
  Path current() throws IOException {
    Path link = folder.resolve("current");
    return Files.exists(link) ? link.toRealPath() : null;
  }

  /** Points {@code current} to a release, at once. */
  void point(Path release) throws IOException {
    Path fresh = folder.resolve("current.new");
    Files.deleteIfExists(fresh);
    Files.createSymbolicLink(fresh, Path.of("releases", release.getFileName().toString()));
    Files.move(fresh, folder.resolve("current"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether a release passes its own check, which migrates the database. */
  boolean check(Path release) throws IOException, InterruptedException {
    ProcessBuilder check =
        new ProcessBuilder(release.resolve("backline").toString(), "check").inheritIO();
    check.environment().putAll(secrets());
    return check.start().waitFor() == 0;
  }

  // --- Nodes ------------------------------------------------------------------------------------

  /** The nodes by their names; a folder without any gets one. */
  List<String> nodes() throws IOException {
    Path nodes = folder.resolve("nodes");
    List<String> names = names(nodes);
    if (names.isEmpty()) {
      Files.writeString(
          nodes.resolve("node.env"),
          "# Variables of this node, NAME=VALUE, such as BACKLINE_HTTP_PORT and BACKLINE_MANAGEMENT_PORT.\n");
      names = names(nodes);
    }
    return names;
  }

  private static List<String> names(Path nodes) throws IOException {
    try (Stream<Path> files = Files.list(nodes)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".env"))
          .map(name -> name.substring(0, name.length() - ".env".length()))
          .sorted()
          .toList();
    }
  }

  Path log(String node) {
    return folder.resolve("run").resolve(node + ".log");
  }

  private Path pid(String node) {
    return folder.resolve("run").resolve(node + ".pid");
  }

  /** The process of a node, if it runs: a number that another process has by now is none. */
  private Optional<ProcessHandle> process(String node) throws IOException {
    if (!Files.exists(pid(node))) {
      return Optional.empty();
    }
    String[] parts = Files.readString(pid(node)).trim().split(" ");
    return ProcessHandle.of(Long.parseLong(parts[0]))
        .filter(ProcessHandle::isAlive)
        .filter(process -> start(process).equals(parts[1]));
  }

  private static String start(ProcessHandle process) {
    return process.info().startInstant().map(i -> String.valueOf(i.toEpochMilli())).orElse("0");
  }

  /**
   * Stops a node, by SIGTERM, and starts it from what is current; whether it became ready. Where
   * somebody else answers on its management port it never does: it says so in its log, and ends.
   */
  boolean restart(String node) throws IOException, InterruptedException {
    stop(node);
    boolean taken = answers(node);
    ProcessBuilder run = new ProcessBuilder(command());
    run.environment().putAll(secrets());
    run.environment().putAll(variables(node));
    run.redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(node).toFile()));
    ProcessHandle process = run.start().toHandle();
    Files.writeString(pid(node), process.pid() + " " + start(process) + "\n");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(readySeconds);
    while (process.isAlive() && System.nanoTime() < end) {
      if (!taken && isReady(node)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
    }
    return false;
  }

  /** In a session of its own, where the system has them: the end of a login is not its end. */
  private List<String> command() {
    String backline = folder.resolve("current").resolve("backline").toString();
    Path setsid = Path.of("/usr/bin/setsid");
    return Files.isExecutable(setsid)
        ? List.of(setsid.toString(), backline, "run")
        : List.of(backline, "run");
  }

  void stop(String node) throws IOException, InterruptedException {
    Optional<ProcessHandle> process = process(node);
    if (process.isPresent()) {
      process.get().destroy();
      try {
        process.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        process.get().destroyForcibly();
      } catch (java.util.concurrent.ExecutionException e) {
        throw new IOException(e);
      }
    }
    Files.deleteIfExists(pid(node));
  }

  /** Whether a node runs and says on its management port that it is ready. */
  boolean isReady(String node) throws IOException, InterruptedException {
    return process(node).isPresent() && answers(node);
  }

  /** Whether anybody says on the node's management port that it is ready. */
  private boolean answers(String node) throws IOException, InterruptedException {
    Settings settings =
        Settings.load(Path.of("config", "application.properties"), environment(node));
    HttpRequest.Builder get =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + settings.number("backline.management-port")
                        + "/observe/health/ready"))
            .timeout(Duration.ofSeconds(5));
    settings.find("admin.api-key").ifPresent(key -> get.header("Authorization", "Bearer " + key));
    try {
      return http.send(get.build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Map<String, String> environment(String node) throws IOException {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.putAll(secrets());
    all.putAll(variables(node));
    return all;
  }

  private Map<String, String> variables(String node) throws IOException {
    Map<String, String> variables = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("nodes").resolve(node + ".env"))) {
      if (line.matches("[A-Z_0-9]+=.*")) {
        variables.put(line.replaceFirst("=.*", ""), line.replaceFirst("[^=]*=", ""));
      }
    }
    return variables;
  }

  /** The secrets as variables that name their files. */
  private Map<String, String> secrets() {
    try (Stream<Path> files = Files.list(folder.resolve("secrets"))) {
      Map<String, String> variables = new HashMap<>();
      files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .forEach(
              file -> {
                variables.put(file.getFileName() + "_FILE", file.toString());
                variables.put(file.getFileName().toString(), ""); // An empty variable is none.
              });
      return variables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
