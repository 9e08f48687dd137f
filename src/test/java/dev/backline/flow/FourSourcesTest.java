package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.Http;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All four sources against the simulated APIs: every answer is read, and no record is refused. */
class FourSourcesTest {
  /** The real settings for all sources of a sandbox. */
  private static TestNode node(Sandbox sandbox) {
    return node(sandbox, Map.of());
  }

  private static TestNode node(Sandbox sandbox, Map<String, String> differs) {
    Map<String, String> more = new HashMap<>();
    more.put("setlistfm.base-url", sandbox.setlistfm().toString());
    more.put("setlistfm.api-key", "canary-setlistfm-key");
    more.put("bandsintown.base-url", sandbox.bandsintown().toString());
    more.put("bandsintown.app-id", "canary-bandsintown-app");
    more.put("spotify.base-url", sandbox.spotify().toString());
    more.put("spotify.token-url", sandbox.spotifyToken().toString());
    more.put("spotify.client-id", "canary-spotify-id");
    more.put("spotify.client-secret", "canary-spotify-secret");
    for (String source : List.of("setlistfm", "bandsintown", "spotify")) {
      more.put(source + ".rate-limit-per-second", "1000");
      more.put(source + ".rate-limit-per-day", "1000000");
    }
    more.putAll(differs);
    return TestNode.start(Postgres.create(), sandbox.ticketmaster(), more);
  }

  private static List<String> records(TestNode node) {
    return node.jdbc()
        .queryForList(
            "select distinct source || ' ' || record_kind from source_records order by 1",
            String.class);
  }

  /** Requests that failed, and records that the mappings or the schemas refuse. */
  private static List<String> refused(TestNode node) {
    List<String> refused =
        node.jdbc()
            .queryForList(
                "select source || ' ' || record_kind || ' ' || source_id || ': ' || error from source_records"
                    + " where state = 'rejected'",
                String.class);
    refused.addAll(
        node.jdbc()
            .queryForList(
                "select source || ' ' || request || ': ' || note from sync_requests where state = 'failed'",
                String.class));
    return refused;
  }

  @ParameterizedTest
  @ValueSource(strings = {"development", "extended"})
  void everySource_isReadToItsEnd(String regime) throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(4, 20));
        TestNode node = node(sandbox)) {
      new Http(sandbox.uri()).send("POST", "/world/spotify?regime=" + regime, null);
      node.sync("upcoming-shows");
      Run bandsintown = node.sync("upcoming-shows", "from=2020-01-01");
      Run setlists = node.sync("historical-setlists", "years=9");
      Run popular = node.sync("popular-artists");
      Run songs = node.sync("artist-songs");

      assertThat(refused(node)).isEmpty();
      assertThat(List.of(bandsintown, setlists, popular, songs))
          .allSatisfy(run -> assertThat(run.fetched()).as(run.toString()).isPositive());
      assertThat(records(node))
          .contains(
              "bandsintown artist",
              "bandsintown event",
              "bandsintown venue",
              "setlistfm artist",
              "setlistfm setlist",
              "setlistfm venue",
              "spotify album",
              "spotify artist",
              "spotify release",
              "spotify track",
              "ticketmaster event");
      List<String> features =
          node.jdbc()
              .queryForList(
                  "select feature from source_features where served order by 1", String.class);
      if (regime.equals("development")) {
        assertThat(features).isEmpty();
      } else {
        assertThat(features).contains("large-pages", "top-tracks");
      }
    }
  }

  @Test
  void listThatFails_costsTheOtherNothing() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(6, 10));
        FakeApi broken = FakeApi.start(call -> new Answer(400, "{}"));
        TestNode node =
            node(sandbox, Map.of("spotify.token-url", broken.at("/token").toString()))) {
      Run run = node.sync("popular-artists");
      assertThat(run.status()).as(run.toString()).isEqualTo("partial");
      assertThat(run.fetched()).isPositive();
      assertThat(run.error()).contains("SPOTIFY_CLIENT_SECRET");
    }
  }

  @Test
  void noKey_isStoredAnywhere() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(5, 6));
        TestNode node = node(sandbox)) {
      node.sync("upcoming-shows");
      node.sync("historical-setlists");
      node.sync("artist-songs");
      for (String table :
          node.jdbc()
              .queryForList(
                  "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
                  String.class)) {
        assertThat(
                node.jdbc()
                    .queryForObject(
                        "select count(*) from " + table + " t where t::text like '%canary-%'",
                        Long.class))
            .as(table)
            .isZero();
      }
    }
  }
}
