package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as processes of their own: what they print, and their exit codes. */
class CliTest {
  @TempDir Path folder;

  /** What a command did. */
  private record Outcome(int exitCode, String out, String err) {}

  private Outcome run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.backline.App"));
    command.addAll(Arrays.asList(arguments));
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.environment().remove("DATABASE_URL");
    builder.environment().remove("TICKETMASTER_API_KEY");
    builder.environment().put("BACKLINE_DATA_DIR", folder.resolve("data").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("ended: %s", command).isTrue();
    return new Outcome(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private static Map<String, String> nothing() {
    return new HashMap<>();
  }

  @Test
  void demoOnce_endsWithTheLedgersNumbersAndWritesNothingTheSecondTime() throws Exception {
    Outcome demo = run(nothing(), "demo", "--once", "--artists", "15");

    assertThat(demo.exitCode()).as(demo.err()).isZero();
    assertThat(demo.out())
        .contains("pass 1  upcoming-shows  completed")
        .contains("pass 2  upcoming-shows  completed")
        .contains(
            "the numbers equal the ledger, the last pass wrote nothing, and no two things are one");
  }

  @Test
  void selftestStart_startsAllOfItWithoutTheCallersSettings() throws Exception {
    Map<String, String> environment = nothing();
    environment.put("DATABASE_URL", "postgresql://user:password@127.0.0.1:9/none");
    environment.put("TICKETMASTER_API_KEY", "never-to-be-used");
    environment.put("TICKETMASTER_BASE_URL", ""); // An empty variable is none.
    environment.put("BACKLINE_HTTP_PORT", "1");

    Outcome start = run(environment, "selftest", "--start");

    assertThat(start.exitCode()).as(start.err()).isZero();
    assertThat(start.out()).contains("started with ").contains("routes, and stopped again");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void anUnknownJob_isWrongUsageThatNamesTheJobs() throws Exception {
    Outcome sync = run(nothing(), "sync", "upcomming-shows");

    assertThat(sync.exitCode()).isEqualTo(2);
    assertThat(sync.err().lines())
        .singleElement()
        .asString()
        .startsWith("backline: there is no job 'upcomming-shows'; the jobs are artist-songs, ")
        .contains("upcoming-shows, venue-events, venue-network, venue-updates");
  }

  @Test
  void anUnknownParameter_isWrongUsageThatNamesTheParameters() throws Exception {
    Outcome sync = run(nothing(), "sync", "upcoming-shows", "land=DE");

    assertThat(sync.exitCode()).isEqualTo(2);
    assertThat(sync.err()).contains("takes from, to, city, state, country, not 'land'");
  }

  @Test
  void anUnknownOption_isWrongUsage() throws Exception {
    assertThat(run(nothing(), "status", "--jason").exitCode()).isEqualTo(2);
  }

  @Test
  void aMissingKey_saysWhichToSet() throws Exception {
    Outcome sync = run(nothing(), "sync", "upcoming-shows");

    assertThat(sync.exitCode()).isEqualTo(1);
    assertThat(sync.err()).contains("set TICKETMASTER_API_KEY").doesNotContain("\tat ");
  }

  @Test
  void anUnreachableDatabase_isOneLineWithoutThePassword() throws Exception {
    Map<String, String> environment = nothing();
    environment.put("DATABASE_URL", "postgresql://me:s3cret-word@127.0.0.1:9/none");
    environment.put("DATABASE_START_TIMEOUT", "1");

    Outcome status = run(environment, "status");

    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.err())
        .contains("cannot use the database at postgresql://127.0.0.1:9/none")
        .doesNotContain("s3cret-word")
        .doesNotContain("\tat ");
  }

  @Test
  void anAddressThatIsNoPostgres_isOneLine() throws Exception {
    Map<String, String> environment = nothing();
    environment.put("DATABASE_URL", "mysql://localhost/x");

    Outcome status = run(environment, "status");

    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.err().lines())
        .singleElement()
        .asString()
        .contains("not a PostgreSQL address");
  }

  @Test
  void productionWithoutADatabase_isAnError() throws Exception {
    Map<String, String> environment = nothing();
    environment.put("BACKLINE_ENV", "production");

    Outcome run = run(environment, "run", "--once");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("DATABASE_URL is not set and BACKLINE_ENV is production");
  }

  @Test
  void map_printsTheEntityOfARecord() throws Exception {
    Outcome map =
        run(
            nothing(),
            "map",
            "ticketmaster",
            "event",
            "routes/sources/ticketmaster/event.sample.json");

    assertThat(map.exitCode()).as(map.err()).isZero();
    assertThat(map.out()).contains("\"state\" : \"applied\"").contains("\"entity\" : \"show\"");
  }

  @Test
  void map_ofARecordWithoutAName_printsTheRejectionAndIsPartial() throws Exception {
    Path file = folder.resolve("venue.json");
    Files.writeString(file, "{\"id\":\"Kx1\",\"type\":\"venue\"}", StandardCharsets.UTF_8);

    Outcome map = run(nothing(), "map", "ticketmaster", "venue", file.toString());

    assertThat(map.exitCode()).isEqualTo(3);
    assertThat(map.out()).contains("rejected").contains("name");
  }

  @Test
  void map_ofAnUnknownKind_isWrongUsage() throws Exception {
    Outcome map = run(nothing(), "map", "ticketmaster", "song", "x.json");

    assertThat(map.exitCode()).isEqualTo(2);
    assertThat(map.err()).contains("there is no mapping").contains("song.jq");
  }

  @Test
  void check_findsASettingThatIsNoNumber() throws Exception {
    Map<String, String> environment = nothing();
    environment.put("FETCH_LEASE_SECONDS", "soon");

    Outcome check = run(environment, "check");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out())
        .contains("FETCH_LEASE_SECONDS")
        .contains("'soon'")
        .contains("not ready");
  }

  @Test
  void check_ofAFreshCheckout_isReadyAndNamesTheDisabledSource() throws Exception {
    Outcome check = run(nothing(), "check");

    assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
    assertThat(check.out()).contains("ticketmaster is disabled").contains("ready");
  }

  @Test
  void jobs_canBePausedAndResumed() throws Exception {
    assertThat(run(nothing(), "jobs", "pause", "upcoming-shows").out()).contains("is paused");
    assertThat(run(nothing(), "jobs").out()).contains("paused");
    assertThat(run(nothing(), "jobs", "resume", "upcoming-shows").out()).contains("is resumed");
    assertThat(run(nothing(), "jobs").out()).doesNotContain("paused");
  }

  @Test
  void selftestWithTwoKills_holds() throws Exception {
    Outcome selftest = run(nothing(), "selftest", "--kills", "2", "--seed", "5", "--artists", "30");

    assertThat(selftest.exitCode()).as(selftest.out() + selftest.err()).isZero();
    assertThat(selftest.out()).contains("the promise holds");
  }
}
