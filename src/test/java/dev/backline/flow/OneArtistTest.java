package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.plan.UnknownJob;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Single records by their ids, and the shows of one artist (S66, S92, S93). */
class OneArtistTest {
  private static Sandbox sandbox;
  private static Map<String, Object> anArtist;
  private static String atSpotify;
  private static String aListing;

  /** Ids as a full catalogue has them. */
  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(23, 40));
    try (TestNode full = fresh()) {
      full.sync("upcoming-shows");
      full.sync("popular-artists");
      anArtist =
          full.jdbc()
              .queryForMap(
                  "select a.name, a.ticketmaster_id, count(*) as shows"
                      + " from artists a join show_artists l on l.artist_id = a.id"
                      + " where a.ticketmaster_id is not null group by 1, 2 order by 3 desc, 2 limit 1");
      atSpotify = full.jdbc().queryForObject("select min(spotify_id) from artists", String.class);
      aListing =
          full.jdbc()
              .queryForObject(
                  "select ticketmaster_id from shows where venue_id is not null and ticketmaster_id is not null"
                      + " order by 1 limit 1",
                  String.class);
    }
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private static TestNode fresh() {
    return TestNode.start(Postgres.create(), sandbox.ticketmaster(), sandbox.settings());
  }

  @Test
  void lookup_fetchesAndStoresOneArtistOfEitherSource() {
    for (String parameter :
        List.of("attraction=" + anArtist.get("ticketmaster_id"), "artist=" + atSpotify)) {
      try (TestNode node = fresh()) {
        Run run = node.sync("lookup", parameter);

        assertThat(run.status()).as(run.toString()).isEqualTo("completed");
        assertThat(run.fetched()).isEqualTo(1);
        assertThat(
                node.jdbc()
                    .queryForList(
                        "select coalesce(ticketmaster_id, spotify_id) from artists", String.class))
            .containsExactly(parameter.replaceFirst(".*=", ""));
        assertThat(node.sync("lookup", parameter).unchanged()).isEqualTo(1);
      }
    }
  }

  @Test
  void lookup_ofAListingStoresItsVenueItsArtistsAndTheShow() {
    try (TestNode node = fresh()) {
      Run run = node.sync("lookup", "event=" + aListing);

      assertThat(run.status()).as(run.toString()).isEqualTo("completed");
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select s.ticketmaster_id from shows s join venues v on v.id = s.venue_id",
                      String.class))
          .containsExactly(aListing);
      assertThat(node.count("show_artists")).isPositive();
    }
  }

  @Test
  void lookup_thatAsksNobodyOrIsRefused_saysSo() {
    try (FakeApi api = FakeApi.start(call -> new Answer(401, "{}"));
        TestNode node = TestNode.start(Postgres.create(), api.at("/"), Map.of())) {
      assertThatThrownBy(() -> node.sync("lookup", "artist=" + atSpotify))
          .rootCause()
          .isInstanceOf(UnknownJob.class)
          .hasMessageContaining("SPOTIFY_CLIENT_ID");
      assertThatThrownBy(() -> node.sync("lookup"))
          .rootCause()
          .hasMessageContaining("needs attraction=ID");
      Run run = node.sync("lookup", "attraction=K1");
      assertThat(run.status()).isEqualTo("failed");
      assertThat(run.error()).contains("TICKETMASTER_API_KEY");
    }
  }

  @Test
  void lookup_ofWhatIsNoIdIsNeverAPartOfAnAddress() {
    try (TestNode node = fresh()) {
      assertThatThrownBy(() -> node.sync("lookup", "artist=../me?x=<script>"))
          .rootCause()
          .isInstanceOf(UnknownJob.class)
          .hasMessageContaining("is no Spotify id");
    }
  }

  @Test
  void artistShows_areTheNextOnesWithTheirVenuesAndOnRequestTheLast() {
    try (TestNode node = fresh()) {
      node.sync("lookup", "attraction=" + anArtist.get("ticketmaster_id"));
      String artist = "artist=" + anArtist.get("name");

      Run run = node.sync("artist-shows", artist, "shows=5");

      assertThat(run.status()).as(run.toString()).isIn("completed", "partial");
      assertThat(records(node)).isBetween(1L, 5L);
      assertThat(node.count("shows")).isPositive();
      assertThat(node.count("shows where local_date < current_date - 1")).isZero();
      assertThat(node.count("shows where venue_id is null")).isZero();

      Run all = node.sync("artist-shows", artist, "past=40");
      assertThat(all.error()).isNull();
      assertThat(records(node)).isGreaterThan(5);
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select request ->> 'limit' from sync_requests where run_id = ? order by n",
                      String.class,
                      all.id()))
          .containsExactly("50", "25");
    }
  }

  private static long records(TestNode node) {
    return node.count("source_records where record_kind = 'event'");
  }

  @Test
  void artistShows_ofSomebodyUnknown_isRefusedWithWhatToDo() {
    try (TestNode node = fresh()) {
      assertThatThrownBy(() -> node.sync("artist-shows", "artist=Nobody"))
          .rootCause()
          .isInstanceOf(UnknownJob.class)
          .hasMessage(
              "no artist 'Nobody' with a Ticketmaster id is known; ./backline sync lookup attraction=ID fetches one");
      assertThatThrownBy(() -> node.sync("artist-shows"))
          .rootCause()
          .hasMessageContaining("needs artist=NAME");
    }
  }
}
