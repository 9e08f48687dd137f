package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.TestNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose database goes and comes back. */
class DatabaseOutageTest {
  @TempDir Path folder;

  private EmbeddedPostgres postgres;

  @AfterEach
  void stop() throws IOException {
    postgres.close();
  }

  private EmbeddedPostgres postgres(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("postgres"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("encoding", "UTF8")
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void databaseThatGoesAndComesBack_isSaidAndNeedsNoRestart() throws IOException {
    int port = freePort();
    postgres = postgres(port);
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(7, 10));
        TestNode node =
            TestNode.serve(
                "postgresql://postgres:@127.0.0.1:" + port + "/postgres",
                sandbox.ticketmaster(),
                Map.of("database.read-pool-timeout", "1000"))) {
      node.sync("upcoming-shows");
      Http http = new Http(node.node().ports().http());
      Http management = new Http(node.node().ports().management());
      String before = http.get("/api/shows").body();

      postgres.close();

      Answer ready = management.get("/observe/health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).contains("the database cannot be reached");
      assertThat(management.get("/observe/health/live").status()).isEqualTo(200);
      Answer shows = http.get("/api/shows");
      assertThat(shows.status()).isEqualTo(503);
      assertThat(shows.type()).isEqualTo("application/problem+json");
      assertThat(shows.header("Retry-After")).isNotNull();
      assertThat(shows.body()).doesNotContainIgnoringCase("exception").doesNotContain("127.0.0.1");
      assertThat(http.get("/api/shows?page=0").status()).as("needs no database").isEqualTo(400);

      postgres = postgres(port);

      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> http.get("/api/shows").status() == 200);
      assertThat(http.get("/api/shows").body()).isEqualTo(before);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> management.get("/observe/health/ready").status() == 200);
      assertThat(node.sync("upcoming-shows").status()).isEqualTo("completed");
    }
  }

  @Test
  void aStatementThatHangs_isGivenUp() throws Exception {
    int port = freePort();
    postgres = postgres(port);
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(7, 1));
        TestNode node =
            TestNode.serve(
                "postgresql://postgres:@127.0.0.1:" + port + "/postgres",
                sandbox.ticketmaster(),
                Map.of("database.read-timeout", "200"));
        TestNode hasty =
            TestNode.serve(
                "postgresql://postgres:@127.0.0.1:" + port + "/postgres",
                sandbox.ticketmaster(),
                Map.of("web.request-timeout", "200"));
        Connection human = node.database().pool().getConnection();
        Statement lock = human.createStatement()) {
      human.setAutoCommit(false);
      lock.execute("lock table venues in access exclusive mode");

      for (TestNode waiting : List.of(node, hasty)) {
        Http http = new Http(waiting.node().ports().http());
        Answer answer = http.get("/api/venues");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(http.get("/api/artists").status()).isEqualTo(200);
      }

      human.rollback();
      human.setAutoCommit(true);
      assertThat(new Http(node.node().ports().http()).get("/api/venues").status()).isEqualTo(200);
    }
  }

  @Test
  void aFailureOfOurs_tellsNothingOfTheInside() throws IOException {
    int port = freePort();
    postgres = postgres(port);
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(7, 1));
        TestNode node =
            TestNode.serve(
                "postgresql://postgres:@127.0.0.1:" + port + "/postgres",
                sandbox.ticketmaster(),
                Map.of())) {
      node.jdbc().execute("alter table venues rename to elsewhere");

      Answer answer = new Http(node.node().ports().http()).get("/api/venues");

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.type()).isEqualTo("application/problem+json");
      assertThat(answer.body())
          .doesNotContainIgnoringCase("venues")
          .doesNotContainIgnoringCase("sql")
          .doesNotContainIgnoringCase("exception");
    }
  }
}
