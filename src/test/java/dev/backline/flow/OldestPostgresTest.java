package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The oldest PostgreSQL that is supported, reached through DATABASE_URL. Skipped where it is not
 * installed.
 */
class OldestPostgresTest {
  private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");

  @TempDir Path folder;

  @Test
  void theWholeFlow_runsOnPostgres15() throws Exception {
    assumeTrue(Files.isExecutable(BIN.resolve("initdb")), "PostgreSQL 15 is not installed: " + BIN);
    int port = freePort();
    Path data = folder.resolve("data");
    call(
        "initdb",
        "-D",
        data.toString(),
        "-U",
        "backline",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C");
    call(
        "pg_ctl",
        "-D",
        data.toString(),
        "-w",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1",
        "start");
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(3, 40));
        TestNode node =
            TestNode.start(
                "postgresql://backline:pass%20word@127.0.0.1:" + port + "/postgres",
                sandbox.ticketmaster(),
                Map.of())) {
      Run run = node.sync("upcoming-shows");
      sandbox.advance(10);
      Run second = node.sync("upcoming-shows");

      assertThat(node.jdbc().queryForObject("show server_version_num", Integer.class))
          .isBetween(150000, 159999);
      assertThat(run.status()).isEqualTo("completed");
      assertThat(second.status()).isEqualTo("completed");
      assertThat(second.updated()).isPositive();
      assertThat(node.jdbc().queryForList("select ticketmaster_id from shows", String.class))
          .containsAll(Truth.shows(sandbox).stream().map(e -> e.get("id").asText()).toList());
    } finally {
      call("pg_ctl", "-D", data.toString(), "-m", "immediate", "stop");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** PostgreSQL refuses to run as root, so root runs it in a user namespace of its own. */
  private void call(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(BIN.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out-" + program);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
  }
}
