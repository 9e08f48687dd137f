package dev.backline.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that goes on until it is told to stop, as a process of its own. */
public final class Running implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private Running(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * @param folder for its data and its output
   */
  public static Running start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.backline.App"));
    command.addAll(Arrays.asList(arguments));
    Path out = Files.createTempFile(folder, "out", ".log");
    Path err = Files.createTempFile(folder, "err", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(DATABASE|TICKETMASTER|SETLISTFM|BANDSINTOWN|SPOTIFY)_.*"));
    builder.environment().put("BACKLINE_DATA_DIR", folder.resolve("data").toString());
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("the command goes on");
    }
    return process.exitValue();
  }

  /** As SIGTERM does. */
  public void stop() {
    process.destroy();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public String out() throws IOException {
    return Files.readString(out);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
