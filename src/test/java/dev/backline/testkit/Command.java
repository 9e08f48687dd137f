package dev.backline.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real program as a process of its own, as its launcher starts it. */
public final class Command {
  /** What a command did. */
  public record Outcome(int exitCode, String out, String err) {
    /** What it said on standard error by itself; the rest there is its log. */
    public List<String> said() {
      return err.lines().filter(line -> line.startsWith("backline: ")).toList();
    }

    public boolean showsAStackTrace() {
      return (out + err).lines().anyMatch(line -> line.startsWith("\tat "));
    }
  }

  private final Path folder;
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();

  private Command(Path folder, Path home) {
    this.folder = folder;
    this.home = home;
    environment.put("BACKLINE_DATA_DIR", folder.resolve("data").toString());
  }

  /**
   * @param folder for what it prints, and its data unless a database is named
   */
  public static Command in(Path folder) {
    return new Command(folder, Path.of("").toAbsolutePath());
  }

  /**
   * @param home holds the config/ and routes/ that it reads
   */
  public static Command in(Path folder, Path home) {
    return new Command(folder, home);
  }

  /** The same with config/ and routes/ of its own, to be changed: copies under the folder. */
  public static Command withFilesIn(Path folder) {
    Path home = folder.resolve("home");
    for (String part : List.of("config", "routes")) {
      try (Stream<Path> files = Files.walk(Path.of(part))) {
        for (Path file : files.toList()) {
          Path copy = home.resolve(file.toString());
          Files.createDirectories(copy.getParent());
          if (Files.isRegularFile(file)) {
            Files.copy(file, copy);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Command(folder, home);
  }

  /** The folder it runs in, with config/ and routes/. */
  public Path home() {
    return home;
  }

  public Command with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  public Outcome run(String... arguments) {
    return run("", arguments);
  }

  /**
   * @param input what it reads from standard input
   */
  public Outcome run(String input, String[] arguments) {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    try {
      Process process = start(out, err, arguments);
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It did not want to read it.
      }
      if (!process.waitFor(200, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still running: " + String.join(" ", arguments) + "\n" + Files.readString(err));
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts it and does not wait. */
  public Process start(Path out, Path err, String... arguments) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dbackline.caller=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.backline.App"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(home.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(Command::isOurs);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What whoever runs the tests has set must not decide them. */
  private static boolean isOurs(String variable) {
    return variable.matches(
        "(DATABASE|TICKETMASTER|SETLISTFM|BANDSINTOWN|SPOTIFY|BACKLINE|FETCH|APPLY|JOBS|LOG)_.*|VISUAL|EDITOR");
  }
}
