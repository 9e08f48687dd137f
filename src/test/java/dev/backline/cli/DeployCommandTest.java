package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.Http;
import dev.backline.testkit.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Releases go into a folder, and the nodes there from one to the next, with a way back (S72, S160).
 */
class DeployCommandTest {
  @TempDir Path folder;

  @AfterEach
  void stopNodes() throws IOException {
    if (Files.isDirectory(folder.resolve("site/run"))) {
      try (Stream<Path> files = Files.list(folder.resolve("site/run"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
          ProcessHandle.of(Long.parseLong(Files.readString(file).split(" ")[0]))
              .ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A launcher as a release has it, for the program as it is tested. */
  private static void launcher(Path home, String first) throws IOException {
    Path file = home.resolve("backline");
    Files.writeString(
        file,
        "#!/bin/sh\ncd \"$(dirname \"$0\")\" || exit 1\n"
            + first
            + "exec '"
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + "' -XX:TieredStopAtLevel=1 -cp '"
            + System.getProperty("java.class.path")
            + "' dev.backline.App \"$@\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path site() {
    return folder.resolve("site");
  }

  private String pid(String node) throws IOException {
    return Files.readString(site().resolve("run").resolve(node + ".pid"));
  }

  private Path current() throws IOException {
    return site().resolve("current").toRealPath();
  }

  @Test
  void releases_followEachOtherNodeByNodeAndABadOneGoesBack() throws Exception {
    Command command =
        Command.withFilesIn(folder)
            .with("DATABASE_URL", Postgres.create())
            .with("TICKETMASTER_API_KEY", "canary-deployed-key")
            .with("TICKETMASTER_BASE_URL", "http://127.0.0.1:9/");
    Path home = command.home();
    launcher(home, "");
    Files.createDirectories(site().resolve("nodes"));
    int[] ports = {freePort(), freePort()};
    for (int i = 0; i < ports.length; i++) {
      Files.writeString(
          site().resolve("nodes").resolve((i == 0 ? "a" : "b") + ".env"),
          "# ports\nBACKLINE_HTTP_PORT=0\nBACKLINE_MANAGEMENT_PORT=" + ports[i] + "\n");
    }
    String[] deploy = {"deploy", site().toString()};

    Outcome first = command.run(deploy);
    assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
    assertThat(first.out()).contains("a is ready", "b is ready");
    Path release = current();
    assertThat(release.getParent()).isEqualTo(site().toRealPath().resolve("releases"));
    Path key = site().resolve("secrets/TICKETMASTER_API_KEY");
    assertThat(key).hasContent("canary-deployed-key\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertReady(ports);
    String a = pid("a");
    String b = pid("b");

    Outcome again = command.run(deploy);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).contains("is current already", "a runs", "b runs");
    assertThat(pid("a") + pid("b")).isEqualTo(a + b);

    Path mapping = home.resolve("routes/sources/ticketmaster/venue.jq");
    String whole = Files.readString(mapping);
    Files.writeString(mapping, "}", StandardOpenOption.APPEND);
    Outcome broken = command.run(deploy);
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.said()).anyMatch(line -> line.contains("does not pass its check"));
    assertThat(current()).isEqualTo(release);
    assertThat(pid("a") + pid("b")).isEqualTo(a + b);
    Files.writeString(mapping, whole + "\n# a newer one\n");

    AtomicBoolean going = new AtomicBoolean(true);
    CompletableFuture<Integer> gaps =
        CompletableFuture.supplyAsync(() -> momentsWithoutANode(ports, going));
    Outcome next = command.run(deploy);
    going.set(false);
    assertThat(gaps.get()).as("one of the nodes was ready at every moment").isZero();
    assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
    Path newer = current();
    assertThat(newer).isNotEqualTo(release);
    assertThat(pid("a")).isNotEqualTo(a);
    assertThat(pid("b")).isNotEqualTo(b);
    assertReady(ports);

    launcher(home, "[ \"$1\" = run ] && exit 1\n");
    Outcome back = command.with("TICKETMASTER_API_KEY", "canary-newer-key").run(deploy);
    assertThat(back.exitCode()).isEqualTo(1);
    assertThat(back.said())
        .anyMatch(line -> line.contains("a did not become ready"))
        .anyMatch(line -> line.contains("going back to " + newer.getFileName()))
        .anyMatch(line -> line.contains("a is ready again"));
    assertThat(key).as("what it ran with").hasContent("canary-deployed-key\n");
    assertThat(current()).isEqualTo(newer);
    assertReady(ports);
  }

  /** How often nobody was ready, asked again and again while it goes on. */
  private static int momentsWithoutANode(int[] ports, AtomicBoolean going) {
    int gaps = 0;
    while (going.get()) {
      if (Arrays.stream(ports).noneMatch(DeployCommandTest::ready)) {
        gaps++;
      }
    }
    return gaps;
  }

  private static boolean ready(int port) {
    try {
      return new Http(URI.create("http://127.0.0.1:" + port + "/"))
              .get("/observe/health/ready")
              .status()
          == 200;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static void assertReady(int[] ports) {
    for (int port : ports) {
      Http management = new Http(URI.create("http://127.0.0.1:" + port + "/"));
      assertThat(management.get("/observe/health/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void nodeOnWhosePortAnotherAnswers_isNotTakenForReady() throws Exception {
    Command command =
        Command.withFilesIn(folder)
            .with("DATABASE_URL", Postgres.create())
            .with("TICKETMASTER_API_KEY", "canary-deployed-key");
    launcher(command.home(), "");
    Files.createDirectories(site().resolve("nodes"));
    try (FakeApi other = FakeApi.start(call -> new Answer(200, ""))) {
      Files.writeString(
          site().resolve("nodes/a.env"),
          "BACKLINE_HTTP_PORT=0\nBACKLINE_MANAGEMENT_PORT=" + other.at("/").getPort() + "\n");

      Outcome deployed = command.run("deploy", site().toString());

      assertThat(deployed.exitCode()).isEqualTo(1);
      assertThat(deployed.said()).anyMatch(line -> line.contains("a did not become ready"));
      assertThat(site().resolve("run/a.log")).content().contains("cannot be used");
    }
  }

  @Test
  void withoutADatabaseThatStays_isRefused() {
    Outcome outcome = Command.in(folder).run("deploy", site().toString());
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.said()).singleElement().asString().contains("DATABASE_URL is not set");
    assertThat(site()).doesNotExist();
  }
}
