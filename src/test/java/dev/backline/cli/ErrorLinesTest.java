package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.EmbeddedServer;
import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong is said in one line on standard error that names what to do; the exit code tells
 * wrong usage from failure; nothing hangs.
 */
class ErrorLinesTest {
  @TempDir Path folder;

  /** The one line, of a command that failed. */
  private static String line(Outcome outcome, int exitCode) {
    assertThat(outcome.exitCode()).as(outcome.out() + outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.showsAStackTrace()).as(outcome.err()).isFalse();
    assertThat(outcome.said()).as(outcome.err()).hasSize(1);
    return outcome.said().get(0);
  }

  // --- Words ------------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sync upcomming-shows | there is no job 'upcomming-shows'; the jobs are artist-songs, cleanup, event-artists, historical-setlists, popular-artists, popular-tours, upcoming-shows, venue-events, venue-network, venue-updates",
        "sync upcoming-shows land=DE | job upcoming-shows takes from, to, city, state, country, not 'land'",
        "sync upcoming-shows DE | parameters are written key=value, not 'DE'",
        "sync upcoming-shows from=soon | from=soon is not a date; write YYYY-MM-DD",
        "sync upcoming-shows from=2026-02-02 to=2026-01-01 | to=2026-01-01 lies before from=2026-02-02",
        "jobs pause nothing | there is no job 'nothing'; the jobs are artist-songs, cleanup, event-artists, historical-setlists, popular-artists, popular-tours, upcoming-shows, venue-events, venue-network, venue-updates",
        "records list --source tm | there is no source 'tm'; the sources are bandsintown, setlistfm, spotify, ticketmaster",
        "records list --source ticketmaster --kind song | there is no mapping routes/sources/ticketmaster/song.jq for kind 'song'; the kinds of ticketmaster are attraction, event, venue",
        "records list --state lost | there is no state 'lost'; the states are landed, applied, rejected, skipped, dead",
        "map tm event x.json | there is no source 'tm'; the sources are bandsintown, setlistfm, spotify, ticketmaster",
        "map ticketmaster event nowhere.json | cannot read nowhere.json: NoSuchFileException",
        "status --jason | Unknown option: '--jason'; see backline status --help",
        "statos | Unmatched argument at index 0: 'statos'; see backline --help",
        "dead-letters list --state closed | there is no state 'closed'; the states are open, replayed, discarded",
        "dead-letters list --limit 0 | --limit must be 1 or more",
        "dead-letters show x | Invalid value for positional parameter at index 0 (ID): 'x' is not a long; see backline dead-letters show --help",
        "dead-letters replay | dead-letters replay takes one of ID, --group CAUSE and --all",
        "dead-letters replay --all --group x | dead-letters replay takes one of ID, --group CAUSE and --all"
      })
  void aWordThatMeansNothing_isWrongUsage(String arguments, String said) {
    Outcome outcome = Command.in(folder).run(arguments.split(" +"));

    assertThat(line(outcome, 2)).isEqualTo("backline: " + said);
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dead-letters show 999 | there is no dead letter 999; see backline dead-letters list",
        "dead-letters edit 999 | there is no dead letter 999; see backline dead-letters list",
        "dead-letters discard 999 | there is no dead letter 999; see backline dead-letters list",
        "dead-letters replay 999 | there is no dead letter 999; see backline dead-letters list",
        "dead-letters replay --group none | there is no dead letter of the cause 'none'; see backline dead-letters list",
        "records show ticketmaster event x | there is no record ticketmaster event x; see backline records list"
      })
  void anIdThatDoesNotExist_isWrongUsage(String arguments, String said) {
    Outcome outcome =
        Command.in(folder).with("DATABASE_URL", Postgres.create()).run(arguments.split(" +"));

    assertThat(line(outcome, 2)).isEqualTo("backline: " + said);
  }

  @Test
  void debug_addsTheStackTraceAndOnlyThat() {
    Command command =
        Command.in(folder)
            .with("DATABASE_URL", "postgresql://me:pw@127.0.0.1:9/none")
            .with("DATABASE_START_TIMEOUT", "1");

    Outcome debug = command.run("status", "--debug");

    assertThat(debug.exitCode()).isEqualTo(1);
    assertThat(debug.showsAStackTrace()).isTrue();
    assertThat(debug.said()).isEqualTo(command.run("status").said());
  }

  @Test
  void aLimitThatIsNoNumber_stopsNoStatus() {
    Outcome status =
        Command.in(folder)
            .with("DATABASE_URL", Postgres.create())
            .with("TICKETMASTER_API_KEY", "a-key-of-somebody")
            .with("TICKETMASTER_RATE_LIMIT_PER_DAY", "many")
            .run("status");

    String mistake =
        "setting ticketmaster.rate-limit-per-day must be a whole number from 0, not 'many'";
    assertThat(line(status, 0)).startsWith("backline: " + mistake);
    assertThat(status.out())
        .containsPattern("ticketmaster +enabled +0 +0 .*" + mistake)
        .contains("CATALOGUE");
  }

  // --- Settings ---------------------------------------------------------------------------------

  @Test
  void aBadValueInTheFile_isNamedWithItsLine() throws IOException {
    Command command = Command.withFilesIn(folder);
    Path file = command.home().resolve("config/application.properties");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    int at = lines.indexOf("fetch.lease-seconds = 120");
    lines.set(at, "fetch.lease-seconds = two minutes");
    Files.write(file, lines);

    assertThat(line(command.run("sync", "upcoming-shows"), 1))
        .isEqualTo(
            "backline: setting fetch.lease-seconds must be a whole number from 1, not 'two minutes'"
                + " (config/application.properties line "
                + (at + 1)
                + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FETCH_LEASE_SECONDS | soon | setting fetch.lease-seconds must be a whole number from 1, not 'soon'",
        "DATABASE_POOL_SIZE | 0 | setting database.pool-size must be a whole number from 1, not '0'",
        "JOBS_UPCOMING_SHOWS_CRON | daily | setting jobs.upcoming-shows.cron must be a Quartz cron expression of six fields (second minute hour day month weekday), not 'daily'",
        "TICKETMASTER_BASE_URL | example | setting ticketmaster.base-url must be a URL such as https://host/path/, not 'example'",
        "TICKETMASTER_EVENTS_FROM | today | setting ticketmaster.events-from must be a date, YYYY-MM-DD, not 'today'",
        "TICKETMASTER_COUNTRIES | Germany | setting ticketmaster.countries must be ISO country codes in capitals, comma separated, not 'Germany'",
        "BACKLINE_ENV | prod | setting backline.env must be one of development, staging, production, not 'prod'"
      })
  void aBadValueInTheEnvironment_isNamedWithItsVariable(
      String variable, String value, String said) {
    Command command = Command.in(folder).with(variable, value);

    assertThat(line(command.run("sync", "upcoming-shows"), 1))
        .isEqualTo("backline: " + said + " (environment variable " + variable + ")");
  }

  @Test
  void check_namesEveryBadValue() {
    Outcome check =
        Command.in(folder).with("FETCH_RETRIES", "many").with("BACKLINE_ENV", "prod").run("check");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out())
        .contains("not 'many' (environment variable FETCH_RETRIES)")
        .contains("not 'prod' (environment variable BACKLINE_ENV)");
  }

  @Test
  void aWrongKey_failsTheRunAndNamesTheVariable() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(11, 10))) {
      Outcome sync =
          Command.in(folder)
              .with("DATABASE_URL", Postgres.create())
              .with("TICKETMASTER_BASE_URL", sandbox.ticketmaster().toString())
              .with("TICKETMASTER_API_KEY", "wrong-key")
              .run("sync", "upcoming-shows");

      assertThat(line(sync, 1))
          .startsWith("backline: upcoming-shows failed: ")
          .contains("401")
          .endsWith("check TICKETMASTER_API_KEY");
      assertThat(sync.out() + sync.err()).doesNotContain("wrong-key");
    }
  }

  // --- Databases --------------------------------------------------------------------------------

  @Test
  void aPasswordThatIsRefusedAndADatabaseThatIsMissing_areToldApart() throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start()) {
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create role me login superuser password 'right'");
        var row = statement.executeQuery("show hba_file");
        row.next();
        Files.writeString(Path.of(row.getString(1)), "host all all 127.0.0.1/32 scram-sha-256\n");
        statement.execute("select pg_reload_conf()");
      }
      String at = "@127.0.0.1:" + server.getPort();
      Command command = Command.in(folder).with("DATABASE_START_TIMEOUT", "5");

      assertThat(
              line(
                  command
                      .with("DATABASE_URL", "postgresql://me:wrong-word" + at + "/postgres")
                      .run("status"),
                  1))
          .contains("refuses the login: FATAL: password authentication failed for user \"me\"")
          .endsWith("mend user and password in DATABASE_URL")
          .doesNotContain("wrong-word");
      assertThat(
              line(
                  command
                      .with("DATABASE_URL", "postgresql://me:right" + at + "/nowhere")
                      .run("status"),
                  1))
          .contains("has no such database: FATAL: database \"nowhere\" does not exist")
          .endsWith("create it, or mend the name in DATABASE_URL");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "http", "hangs up", "sandbox"})
  void aPortThatSpeaksSomethingElse_isGivenUp(String speaks) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Sandbox sandbox = Sandbox.start(Sandbox.Options.of(1, 1))) {
      Thread answers = new Thread(() -> answer(server, speaks));
      answers.setDaemon(true);
      answers.start();
      int port = speaks.equals("sandbox") ? sandbox.uri().getPort() : server.getLocalPort();

      Outcome status =
          Command.in(folder)
              .with("DATABASE_URL", "postgresql://me:pw@127.0.0.1:" + port + "/x")
              .with("DATABASE_START_TIMEOUT", "2")
              .run("status");

      assertThat(line(status, 1))
          .containsAnyOf("does not speak like a PostgreSQL", "no PostgreSQL answers at")
          .contains("check host and port in DATABASE_URL");
    }
  }

  private static void answer(ServerSocket server, String speaks) {
    List<Socket> held = new ArrayList<>();
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        held.add(socket);
        if (speaks.equals("http")) {
          socket
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        } else if (speaks.equals("hangs up")) {
          socket.close();
        }
      } catch (IOException e) {
        // The next one, or the server is closed.
      }
    }
  }

  // --- Folders and disks ------------------------------------------------------------------------

  @Test
  void aDataFolderInUse_isRefusedWithThePidOfItsOwner() {
    try (EmbeddedServer owner = EmbeddedServer.own(folder.resolve("data"))) {
      assertThat(owner.adopted()).isFalse();

      assertThat(line(Command.in(folder).run("run", "--once"), 1))
          .isEqualTo(
              "backline: the data folder "
                  + folder.resolve("data")
                  + " is in use by Backline process "
                  + ProcessHandle.current().pid()
                  + "; stop that one, or set BACKLINE_DATA_DIR to another folder");
    }
  }

  /** A small file system of its own; where none can be mounted the test is skipped. */
  private final class SmallDisk implements AutoCloseable {
    private final Path at;

    private SmallDisk(int megabytes) throws IOException {
      at = Files.createDirectories(folder.resolve("disk"));
      assumeTrue(
          call("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", at.toString()) == 0,
          "no file system can be mounted here");
    }

    private long freeMegabytes() throws IOException {
      return Files.getFileStore(at).getUsableSpace() >> 20;
    }

    /** Leaves so much room. */
    private void fill(int left) throws IOException {
      byte[] megabyte = new byte[1 << 20];
      try (OutputStream ballast = Files.newOutputStream(at.resolve("ballast"))) {
        while (freeMegabytes() > left) {
          ballast.write(megabyte);
        }
      }
    }

    private void empty() throws IOException {
      Files.delete(at.resolve("ballast"));
    }

    @Override
    public void close() {
      call("umount", "-l", at.toString());
    }

    private int call(String... command) {
      try {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
      } catch (IOException e) {
        return -1;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
    }
  }

  @Test
  void aFullDiskAtTheStart_isOneLine() throws Exception {
    try (SmallDisk disk = new SmallDisk(20)) {
      Outcome fresh =
          Command.in(folder)
              .with("BACKLINE_DATA_DIR", disk.at.resolve("data").toString())
              .run("jobs");

      assertThat(line(fresh, 1))
          .contains("cannot start the embedded PostgreSQL")
          .contains("the disk is full (")
          .endsWith("make room, or set BACKLINE_DATA_DIR to another folder");
    }
  }

  @Test
  void aDiskThatFillsUpInMidRun_losesNothingAndTheRunGoesOnWhenThereIsRoom() throws Exception {
    try (SmallDisk disk = new SmallDisk(200);
        Sandbox sandbox = Sandbox.start(Sandbox.Options.of(42, 400))) {
      Command command =
          Command.in(folder)
              .with("BACKLINE_DATA_DIR", disk.at.resolve("data").toString())
              .with("TICKETMASTER_BASE_URL", sandbox.ticketmaster().toString())
              .with("TICKETMASTER_API_KEY", "a-key")
              .with("TICKETMASTER_RATE_LIMIT_PER_SECOND", "500")
              .with("TICKETMASTER_RATE_LIMIT_PER_DAY", "100000")
              .with("FETCH_LEASE_SECONDS", "5")
              .with("APPLY_SWEEP_AFTER", "1")
              .with("APPLY_SWEEP_DELAY", "500");
      assertThat(command.run("jobs").exitCode()).isZero();
      disk.fill(28);

      Path err = folder.resolve("sync.err");
      Process sync = command.start(folder.resolve("sync.out"), err, "sync", "upcoming-shows");
      Awaitility.await()
          .atMost(90, TimeUnit.SECONDS)
          .until(() -> !sync.isAlive() || text(err).contains("No space left on device"));
      disk.empty();
      if (!sync.waitFor(120, TimeUnit.SECONDS)) {
        sync.destroyForcibly();
      }

      // Where the server itself could not go on, the command says so and the next one goes on.
      if (sync.exitValue() != 0) {
        assertThat(text(err)).contains("backline: the database failed in mid-work: ");
      }
      Outcome again = command.run("sync", "upcoming-shows");
      assertThat(again.exitCode()).as(again.err()).isZero();
      Outcome records = command.run("records", "list", "--state", "landed");
      assertThat(records.out().lines()).as("a header and no record").hasSize(1);
      assertThat(command.run("dead-letters", "list").out()).contains("no open dead letters");
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
