package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Presence;
import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One entity is synchronised by a command, which reads back its state (S65, S73); workers, schema.
 */
class SyncCommandTest {
  @TempDir private Path folder;

  private Command command(String database, Sandbox sandbox) {
    Command command = Command.in(folder).with("DATABASE_URL", database);
    for (var setting : sandbox.settings().entrySet()) {
      command =
          command.with(
              setting.getKey().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
              setting.getValue());
    }
    return command
        .with("TICKETMASTER_BASE_URL", sandbox.ticketmaster().toString())
        .with("TICKETMASTER_API_KEY", TestNode.KEY);
  }

  @Test
  void artistAndShow_areSynchronisedWithoutANodeAndTheirStateIsReadBack() throws IOException {
    String database = Postgres.create();
    UUID artist;
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(23, 20))) {
      try (TestNode node = TestNode.start(database, sandbox.ticketmaster(), sandbox.settings())) {
        node.sync("popular-artists");
        artist =
            node.jdbc()
                .queryForObject(
                    "select id from artists where spotify_id is not null and ticketmaster_id is not null"
                        + " order by popularity desc nulls last, id limit 1",
                    UUID.class);
      }
      Command command = command(database, sandbox);

      Outcome synced = command.run("sync", "artist", artist.toString());

      assertThat(synced.exitCode()).as(synced.toString()).isZero();
      assertThat(synced.out())
          .contains("sync_status: success")
          .containsPattern("shows: [1-9]")
          .containsPattern("songs: [1-9]");

      UUID show;
      try (TestNode node = TestNode.start(database, sandbox.ticketmaster(), sandbox.settings())) {
        show = node.jdbc().queryForObject("select min(id::text)::uuid from shows", UUID.class);
      }
      Outcome one = command.run("sync", "show", show.toString(), "--json");
      assertThat(one.exitCode()).as(one.toString()).isZero();
      assertThat(one.out()).contains("\"sync_status\"").contains("\"suggestions\"");
      Outcome none = command.run("sync", "show", UUID.randomUUID().toString());
      assertThat(none.exitCode()).isEqualTo(2);
      assertThat(none.err()).contains("there is no show with the id");
      assertThat(command.run("sync", "artist").exitCode()).isEqualTo(2);
    }
  }

  @Test
  void errors_areQueuedAndWorkersAndSchemaAreShown() throws IOException {
    String database = Postgres.create();
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(23, 5))) {
      try (TestNode node = TestNode.start(database, sandbox.ticketmaster(), Map.of())) {
        node.jdbc()
            .update(
                "insert into venues (id, name, sync_status) values (gen_random_uuid(), 'Nowhere', 'error')");
      }
      Command command = command(database, sandbox);

      Outcome queued = command.run("sync", "errors", "venue");

      assertThat(queued.exitCode()).as(queued.toString()).isZero();
      assertThat(queued.out()).contains("1 entities in error are queued");
      Outcome workers = command.run("workers");
      assertThat(workers.out()).contains("ticketmaster-sync").contains("FAILED");
      Outcome migrated = command.run("migrate");
      assertThat(migrated.exitCode()).isZero();
      assertThat(migrated.out()).contains("version: ").contains("environment: development");
    }
  }

  @Test
  void errorsThatANodeTakes_areNotWaitedForNorIsOtherWork() throws Exception {
    String database = Postgres.create();
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(23, 5));
        TestNode node =
            TestNode.serve(database, sandbox.ticketmaster(), Map.of("auto.start-workers", "true"));
        Presence presence = Presence.announce(node.database())) {
      assertThat(presence).isNotNull();
      UUID others = UUID.randomUUID();
      node.jdbc()
          .update(
              "insert into sync_jobs (id, job, status, started_at) values (?, 'historical-setlists', 'in_progress', now())",
              others);
      node.jdbc()
          .update(
              "insert into sync_requests (run_id, n, source, record_kind, request) values (?, 0, 'setlistfm', 'setlist', '{}')",
              others);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> node.count("nodes where workers <> '{}'") == 1);

      Outcome queued = command(database, sandbox).run("sync", "errors");

      assertThat(queued.exitCode()).as(queued.toString()).isZero();
      assertThat(queued.out()).isEqualTo("0 entities in error are queued\n");
      assertThat(node.count("sync_jobs where status = 'in_progress'")).isOne();
    }
  }
}
