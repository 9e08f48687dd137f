package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.Catalogue;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A dump that is taken while a node works and restored into an empty database goes on where it was.
 * Skipped where the tools of PostgreSQL 15 are not installed.
 */
class BackupTest {
  private static final Path BIN = Path.of("/usr/lib/postgresql/15/bin");

  @TempDir Path folder;

  private int port;

  @Test
  void restoredDump_isTheSameCatalogueAndASecondRunWritesNothing() throws Exception {
    assumeTrue(
        Files.isExecutable(BIN.resolve("initdb")) && Files.isExecutable(BIN.resolve("pg_dump")),
        "PostgreSQL 15 with pg_dump is not installed: " + BIN);
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    String data = folder.resolve("data").toString();
    call("initdb", "-D", data, "-U", "backline", "-A", "trust", "-E", "UTF8", "--locale=C");
    call(
        "pg_ctl",
        "-D",
        data,
        "-w",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1",
        "start");
    String dump = folder.resolve("backline.dump").toString();
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(3, 15))) {
      Map<String, Long> rows;
      Set<String> lines;
      try (TestNode node = TestNode.start(url("postgres"), sandbox.ticketmaster(), Map.of())) {
        node.sync("upcoming-shows");
        node.awaitNoneLanded();
        rows = rows(node.jdbc());
        lines = Catalogue.lines(node.jdbc());
        call("pg_dump", on("-Fc", "-f", dump, "postgres"));
      }
      call("createdb", on("restored"));
      call("pg_restore", on("--exit-on-error", "--no-owner", "-d", "restored", dump));

      try (TestNode node = TestNode.start(url("restored"), sandbox.ticketmaster(), Map.of())) {
        assertThat(rows(node.jdbc())).isEqualTo(rows);
        assertThat(Catalogue.lines(node.jdbc())).hasSizeGreaterThan(50).isEqualTo(lines);
        Run second = node.sync("upcoming-shows");
        assertThat(second.status()).as(second.toString()).isEqualTo("completed");
        assertThat(second.fetched()).isPositive();
        assertThat(second.unchanged()).isEqualTo(second.fetched());
        assertThat(Catalogue.lines(node.jdbc())).isEqualTo(lines);
      }
    } finally {
      call("pg_ctl", "-D", data, "-m", "immediate", "stop");
    }
  }

  private static Map<String, Long> rows(JdbcTemplate jdbc) {
    Map<String, Long> rows = new java.util.TreeMap<>();
    jdbc.queryForList(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
            String.class)
        .forEach(
            table ->
                rows.put(table, jdbc.queryForObject("select count(*) from " + table, Long.class)));
    return rows;
  }

  private String url(String database) {
    return "postgresql://backline:@127.0.0.1:" + port + "/" + database;
  }

  private String[] on(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("-h", "127.0.0.1", "-p", String.valueOf(port), "-U", "backline"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** PostgreSQL refuses to run as root, so root runs it in a user namespace of its own. */
  private void call(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root") && program.matches("initdb|pg_ctl")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(BIN.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out-" + program);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(program + ": " + Files.readString(out)).isZero();
  }
}
