package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.plan.UnknownJob;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tasks about one entity go through the queue to their effect in the database (S30, S60, S61, S63,
 * S64, S65, S97, S98, S107, S108, S110, S119, S120).
 */
class TasksTest {
  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(23, 30));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static TestNode node(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    settings.put("workers.idle-delay", "50");
    settings.put("workers.artist-import.starts-per-minute", "0");
    settings.putAll(more);
    return TestNode.start(Postgres.create(), sandbox.ticketmaster(), settings);
  }

  private static UUID queue(TestNode node, String type, Object id, String... options) {
    Map<String, String> given = new HashMap<>();
    for (String option : options) {
      given.put(option, "true");
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put("entityType", type);
    properties.put("entityId", String.valueOf(id));
    properties.put("options", given);
    properties.put("priority", "1");
    return UUID.fromString(node.node().call("queue-entity", null, properties, String.class));
  }

  private static Map<String, Object> one(TestNode node, String sql, Object... arguments) {
    return node.jdbc().queryForMap(sql, arguments);
  }

  private static long calls(TestNode node) {
    return node.jdbc()
        .queryForObject("select used from source_quota where source = 'spotify'", Long.class);
  }

  /**
   * An artist of which both sources know an id, and only the artist itself is known; the same one
   * in every run, while ids of the catalogue are random.
   */
  private static UUID artist(TestNode node) {
    node.sync("popular-artists");
    return node.jdbc()
        .queryForObject(
            "select a.id from artists a where a.spotify_id is not null and a.ticketmaster_id is not null"
                + " order by a.ticketmaster_id limit 1",
            UUID.class);
  }

  @Test
  void artist_isSynchronisedWithItsShowsTheirVenuesAndItsSongs() {
    try (TestNode node = node(Map.of())) {
      UUID artist = artist(node);
      assertThat(node.count("shows")).isZero();

      Run run = node.await(queue(node, "artist", artist));

      assertThat(run.status()).as(run.toString()).isEqualTo("completed");
      assertThat(run.balanced()).isTrue();
      assertThat(node.count("shows s where s.headliner_id = '" + artist + "'")).isPositive();
      assertThat(node.count("shows s join venues v on v.id = s.venue_id")).isPositive();
      assertThat(node.count("songs where artist_id = '" + artist + "'")).isPositive();
      assertThat(one(node, "select sync_status, last_sync_error from artists where id = ?", artist))
          .containsEntry("sync_status", "success")
          .containsEntry("last_sync_error", null);
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select step from sync_progress where job_id = ? order by started_at, step",
                      String.class,
                      run.id()))
          .contains("fetching_artist", "importing_shows", "syncing_songs");
      assertThat(one(node, "select stage, progress from import_status where job_id = ?", run.id()))
          .containsEntry("stage", "completed")
          .containsEntry("progress", 100);
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select status from sync_events where entity_type = 'artist' and entity_id = ? and job_id is null"
                          + " order by id",
                      String.class,
                      artist))
          .as("its own states, in order")
          .startsWith("pending", "syncing")
          .endsWith("success");
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select status from sync_events where job_id = ? order by id",
                      String.class,
                      run.id()))
          .startsWith("in_progress")
          .contains("progress")
          .endsWith("completed");
    }
  }

  @Test
  void artistWithoutItsDependencies_bringsNoShowAndNoSong() {
    try (TestNode node = node(Map.of())) {
      UUID artist = artist(node);

      Run run = node.await(queue(node, "artist", artist, "skip_dependencies"));

      assertThat(run.status()).isEqualTo("completed");
      assertThat(node.count("shows")).isZero();
      assertThat(node.count("songs")).isZero();
    }
  }

  @Test
  void songsThatAreFresh_areAskedForAgainOnlyByForce() {
    try (TestNode node = node(Map.of())) {
      UUID artist = artist(node);
      node.await(queue(node, "artist", artist));
      long before = calls(node);

      node.await(queue(node, "artist", artist));
      long fresh = calls(node) - before;
      node.await(queue(node, "artist", artist, "force_refresh"));
      long forced = calls(node) - before - fresh;

      assertThat(fresh).isEqualTo(1);
      assertThat(forced).isGreaterThan(2);
    }
  }

  @Test
  void showAndVenue_areSynchronisedByTheirIds() {
    try (TestNode node = node(Map.of())) {
      node.await(queue(node, "artist", artist(node)));
      Map<String, Object> show =
          one(
              node,
              "select id, venue_id from shows where venue_id is not null order by id limit 1");

      for (var entity : Map.of("show", show.get("id"), "venue", show.get("venue_id")).entrySet()) {
        Run run = node.await(queue(node, entity.getKey(), entity.getValue()));

        assertThat(run.status()).as(run.toString()).isEqualTo("completed");
        assertThat(run.fetched()).isPositive();
        assertThat(
                one(
                    node,
                    "select sync_status from " + entity.getKey() + "s where id = ?",
                    entity.getValue()))
            .containsEntry("sync_status", "success");
      }
    }
  }

  @Test
  void taskThatNobodyCanBeAskedFor_failsAndIsSynchronisedAgainByItsStatus() {
    try (TestNode node = node(Map.of())) {
      UUID artist = UUID.randomUUID();
      node.jdbc().update("insert into artists (id, name) values (?, 'Nobody')", artist);
      // Spotify is asked for its name, and finds no such artist: that is an answer.
      Run none = node.await(queue(node, "artist", artist));
      assertThat(none.status()).isEqualTo("completed");

      UUID venue = UUID.randomUUID();
      node.jdbc().update("insert into venues (id, name) values (?, 'Nowhere')", venue);
      Run run = node.await(queue(node, "venue", venue));

      assertThat(run.status()).isEqualTo("failed");
      assertThat(run.error()).contains("Ticketmaster knows no id");
      assertThat(one(node, "select sync_status, last_sync_error from venues where id = ?", venue))
          .containsEntry("sync_status", "error")
          .containsEntry("last_sync_error", run.error());
      assertThat(node.count("cron_logs where job_name = 'ticketmaster-sync' and status = 'failed'"))
          .isEqualTo(1);

      assertThat(node.node().call("queue-errors", null, Map.of(), Integer.class)).isEqualTo(1);
      assertThat(node.count("sync_jobs where entity_id = '" + venue + "'")).isEqualTo(2);
    }
  }

  @Test
  void sameTaskTwice_isOne() {
    try (TestNode node = node(Map.of("workers.idle-delay", "3600000"))) {
      UUID venue = UUID.randomUUID();
      node.jdbc().update("insert into venues (id, name) values (?, 'Nowhere')", venue);

      assertThat(queue(node, "venue", venue)).isEqualTo(queue(node, "venue", venue));
    }
  }

  @Test
  void taskThatWaits_isTakenAfterARestart() {
    String database = Postgres.create();
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    settings.put("workers.idle-delay", "3600000");
    UUID run;
    try (TestNode node = TestNode.start(database, sandbox.ticketmaster(), settings)) {
      UUID artist = artist(node);
      Awaitility.await().until(() -> node.count("nodes where cardinality(workers) = 3") == 1);
      node.invoke("worker-artist-import", "stop");
      run = queue(node, "artist", artist, "skip_dependencies");
    }
    settings.put("workers.idle-delay", "50");
    try (TestNode node = TestNode.start(database, sandbox.ticketmaster(), settings)) {
      assertThat(node.await(run).status()).isEqualTo("completed");
    }
  }

  @Test
  void whatIsNoEntity_isRefused() {
    try (TestNode node = node(Map.of())) {
      assertThatThrownBy(() -> queue(node, "song", UUID.randomUUID()))
          .rootCause()
          .isInstanceOf(UnknownJob.class)
          .hasMessageContaining("artist, venue, show");
      assertThatThrownBy(() -> queue(node, "show", UUID.randomUUID()))
          .rootCause()
          .hasMessageContaining("there is no show with the id");
    }
  }

  /** Six tasks of a worker whose requests nobody fetches: what is begun stays in hand. */
  private static void sixTasks(TestNode node) {
    node.invoke("spotify-pages", "stop");
    node.jdbc()
        .update(
            "insert into artists (id, name, spotify_id) select gen_random_uuid(), 'A' || n, lpad(n::text, 22, 'x')"
                + " from generate_series(1, 6) n");
    node.jdbc()
        .update(
            "insert into sync_jobs (id, job, worker, queued, metadata)"
                + " select gen_random_uuid(), 'spotify-sync', 'spotify-sync', true, jsonb_build_object('artist', id) from artists");
  }

  private static void staysAt(TestNode node, int tasks) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> node.count("sync_jobs where status = 'in_progress'") == tasks);
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(10))
        .until(() -> node.count("sync_jobs where status = 'in_progress'") == tasks);
  }

  @Test
  void worker_hasNoMoreInHandThanItMay() {
    try (TestNode node =
        node(
            Map.of(
                "workers.spotify-sync.at-once", "2",
                "workers.spotify-sync.starts-per-minute", "0"))) {
      sixTasks(node);
      staysAt(node, 2);
      node.jdbc().update("update sync_requests set state = 'done'");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> node.count("sync_jobs where status = 'completed'") == 2);
      staysAt(node, 2);
    }
  }

  @Test
  void worker_startsNoMoreAMinuteThanItMay() {
    try (TestNode node =
        node(
            Map.of(
                "workers.spotify-sync.at-once", "10",
                "workers.spotify-sync.starts-per-minute", "3"))) {
      sixTasks(node);
      staysAt(node, 3);
      node.jdbc()
          .update(
              "update sync_jobs set started_at = now() - interval '2 minutes' where not queued");
      staysAt(node, 6);
    }
  }

  @Test
  void taskThatIsInterrupted_doesNotLeaveItsArtistSyncing() {
    try (TestNode node = node(Map.of("jobs.retry-delay", "200"))) {
      UUID artist = artist(node);
      node.invoke("spotify-pages", "stop");
      node.invoke("ticketmaster-pages", "stop");
      UUID run = queue(node, "artist", artist);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> node.count("artists where sync_status = 'syncing'") == 1);
      assertThat(
              one(
                  node,
                  "select progress from sync_progress where job_id = ? and step = 'fetching_artist'",
                  run))
          .containsEntry("progress", 10);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  node.count(
                          "import_status where stage = 'fetching_artist' and progress = 10 and completed_at is null")
                      == 1);

      node.jdbc().update("update sync_jobs set created_at = now() - interval '4 days'");

      assertThat(node.await(run).status()).isEqualTo("failed");
      assertThat(one(node, "select sync_status, last_sync_error from artists where id = ?", artist))
          .containsEntry("sync_status", "error");
      assertThat(one(node, "select stage, progress from import_status where job_id = ?", run))
          .containsEntry("stage", "failed");
    }
  }

  @Test
  void spotifySync_ofEachKindAsksForThatAlone() {
    try (TestNode node = node(Map.of())) {
      UUID artist = artist(node);
      for (var kind :
          Map.of(
                  "profile", List.of("profile"),
                  "albums", List.of("albums"),
                  "tracks", List.of("tracks"),
                  "full", List.of("albums", "profile", "tracks"))
              .entrySet()) {
        UUID id =
            UUID.fromString(
                node.node()
                    .call(
                        "queue-task",
                        null,
                        Map.of(
                            "job",
                            "spotify-sync",
                            "parameters",
                            Map.of("artist", artist.toString(), "type", kind.getKey()),
                            "priority",
                            "1"),
                        String.class));
        Run run = node.await(id);

        assertThat(run.status()).as(run.toString()).isEqualTo("completed");
        assertThat(
                node.jdbc()
                    .queryForList(
                        "select distinct step from sync_progress where job_id = ? and step <> 'fetching' order by 1",
                        String.class,
                        id))
            .isEqualTo(kind.getValue());
      }
      Run wrong =
          node.await(
              UUID.fromString(
                  node.node()
                      .call(
                          "queue-task",
                          null,
                          Map.of(
                              "job",
                              "spotify-sync",
                              "parameters",
                              Map.of("artist", artist.toString(), "type", "everything"),
                              "priority",
                              "1"),
                          String.class)));
      assertThat(wrong.status()).isEqualTo("failed");
      assertThat(wrong.error()).contains("none of profile, albums, tracks, full");
    }
  }
}
