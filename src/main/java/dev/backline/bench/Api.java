package dev.backline.bench;

import dev.backline.selftest.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The simulated APIs in a process of their own: what they cost is not the pipeline's. */
final class Api implements AutoCloseable {
  private final Process process;
  private final URI ticketmaster;

  Api(int artists) throws IOException {
    process =
        new ProcessBuilder(
                Child.program(
                    List.of("-Xmx2g", "-XX:+UseSerialGC"),
                    "sandbox",
                    "--port",
                    "0",
                    "--artists",
                    String.valueOf(artists)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.contains(" at ")) {
      process.destroyForcibly();
      throw new IOException("the simulated APIs did not start: " + line);
    }
    ticketmaster = URI.create(line.substring(line.indexOf(" at ") + 4).trim());
  }

  URI ticketmaster() {
    return ticketmaster;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
