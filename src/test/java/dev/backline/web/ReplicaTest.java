package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Database;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Readers are answered by a replica, and by the primary whenever it cannot (S140). */
class ReplicaTest {
  @TempDir Path folder;

  private EmbeddedPostgres replica;
  private int port;
  private Sandbox sandbox;
  private TestNode node;

  @BeforeEach
  void start() throws IOException, SQLException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    replica = replica();
    sandbox = Sandbox.start(Sandbox.Options.of(7, 10));
    String primary = Postgres.create();
    try (TestNode first = TestNode.start(primary, sandbox.ticketmaster(), Map.of())) {
      first.sync("upcoming-shows");
      first.awaitNoneLanded();
      copy(first.jdbc());
    }
    node =
        TestNode.serve(
            primary,
            sandbox.ticketmaster(),
            Map.of("database.read-url", url(), "database.read-check-seconds", "1"));
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
    sandbox.close();
    replica.close();
  }

  private EmbeddedPostgres replica() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("replica"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .setLocaleConfig("locale", "C")
        .setLocaleConfig("encoding", "UTF8")
        .start();
  }

  private String url() {
    return "postgresql://postgres:@127.0.0.1:" + port + "/postgres";
  }

  private JdbcTemplate there() {
    return new JdbcTemplate(
        new DriverManagerDataSource(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", ""));
  }

  /** All rows of the catalogue and of the runs, as a replica has them. */
  private void copy(JdbcTemplate from) throws SQLException, IOException {
    Database.open(TestNode.settings(url(), URI.create("http://127.0.0.1:9/"), Map.of())).close();
    String path = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    try (Connection source = from.getDataSource().getConnection();
        Connection target = DriverManager.getConnection(path, "postgres", "")) {
      for (String table :
          List.of("sync_jobs", "venues", "artists", "shows", "show_artists", "source_links")) {
        StringWriter rows = new StringWriter();
        new CopyManager(source.unwrap(BaseConnection.class))
            .copyOut("copy " + table + " to stdout", rows);
        new CopyManager((BaseConnection) target)
            .copyIn("copy " + table + " from stdin", new StringReader(rows.toString()));
      }
      // Which of the two answers can be told.
      target.createStatement().execute("update artists set name = 'Of the replica'");
    }
  }

  private String answerer(Http http) {
    return http.get("/api/artists").body().contains("Of the replica") ? "replica" : "primary";
  }

  private void await(Http http, String answerer) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> answerer(http).equals(answerer));
  }

  @Test
  void replicaThatDiesAndComesBack_costsNoAnswer() throws Exception {
    Http http = new Http(node.node().ports().http());
    Http management = new Http(node.node().ports().management());
    await(http, "replica");
    assertThat(management.get("/observe/metrics").body()).contains("pool=\"backline-replica\"");

    AtomicBoolean going = new AtomicBoolean(true);
    Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    AtomicInteger asked = new AtomicInteger();
    List<Thread> readers =
        List.of(1, 2, 3).stream()
            .map(
                n ->
                    new Thread(
                        () -> {
                          while (going.get()) {
                            Answer answer = http.get("/api/artists?page=" + n + "&pageSize=1");
                            statuses.merge(answer.status(), 1, Integer::sum);
                            asked.incrementAndGet();
                          }
                        }))
            .toList();
    readers.forEach(Thread::start);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> asked.get() > 100);

    replica.close();
    await(http, "primary");
    int before = asked.get();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> asked.get() > before + 100);
    replica = replica();
    await(http, "replica");
    going.set(false);
    for (Thread reader : readers) {
      reader.join();
    }

    assertThat(statuses).containsOnlyKeys(200);
  }

  @Test
  void replicaThatIsBehindOrRefuses_isLeftOut() {
    Http http = new Http(node.node().ports().http());
    await(http, "replica");

    there().update("update sync_jobs set updated_at = updated_at - interval '1 hour'");
    await(http, "primary");
    there().update("update sync_jobs set updated_at = updated_at + interval '1 hour'");
    await(http, "replica");

    there().execute("create table elsewhere as select * from flyway_schema_history");
    there().execute("delete from flyway_schema_history where installed_rank = 1");
    await(http, "primary");
    there()
        .execute(
            "insert into flyway_schema_history select * from elsewhere where installed_rank = 1");
    await(http, "replica");

    there().execute("alter table sync_jobs rename to refused");
    await(http, "primary");
    there().execute("alter table refused rename to sync_jobs");
    await(http, "replica");
  }
}
