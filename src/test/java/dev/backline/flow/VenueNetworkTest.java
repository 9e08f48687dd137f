package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which venues are alike, by a catalogue made by hand (S12). */
class VenueNetworkTest {
  private TestNode node;

  @BeforeEach
  void start() {
    node = TestNode.start(URI.create("http://127.0.0.1:9/"));
    node.jdbc()
        .execute(
            """
            insert into venues (id, name, latitude, longitude) values
              ('00000000-0000-4000-8000-00000000000a', 'A', 52.5, 13.4),
              ('00000000-0000-4000-8000-00000000000b', 'B', 48.1, 11.6),
              ('00000000-0000-4000-8000-00000000000c', 'C', null, null),
              ('00000000-0000-4000-8000-00000000000d', 'D', null, null);
            """);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** A show of an artist, who is made where there is none of that name. */
  private void plays(String artist, String venue, String day, String status) {
    UUID show = UUID.randomUUID();
    node.jdbc()
        .update(
            "insert into artists (id, name) select gen_random_uuid(), ?"
                + " where not exists (select 1 from artists where name = ?)",
            artist,
            artist);
    node.jdbc()
        .update(
            "insert into shows (id, name, venue_id, local_date, status)"
                + " select ?, 'x', id, cast(? as date), ? from venues where name = ?",
            show,
            day,
            status,
            venue);
    node.jdbc()
        .update(
            "insert into show_artists select ?, id, 0 from artists where name = ?", show, artist);
  }

  private void plays(String artist, String venue, String day) {
    plays(artist, venue, day, "on_sale");
  }

  private Map<String, Object> pair(String one, String other) {
    return node.jdbc()
        .queryForMap(
            "select w.* from venue_network w join venues v on v.id = w.venue_id"
                + " join venues n on n.id = w.neighbour_id where v.name = ? and n.name = ?",
            one,
            other);
  }

  private String said(Run run) {
    return new Runs(node.database().pool()).message(run.id(), "deriving").orElseThrow();
  }

  @Test
  void venuesWithAnArtistInCommon_areNeighboursAndTheOthersAreNot() {
    plays("Ada", "A", "2030-05-01");
    plays("Ada", "B", "2030-05-31");
    plays("Bea", "B", "2030-05-02");
    plays("Bea", "C", "2030-07-01");
    plays("Cid", "D", "2030-05-03");

    Run run = node.sync("venue-network");

    assertThat(run.status()).isEqualTo("completed");
    assertThat(said(run)).isEqualTo("2 pairs = 2 inserted + 0 updated + 0 unchanged, 0 deleted");
    assertThat(node.count("cron_logs where job_name = 'venue-network' and status = 'success'"))
        .isEqualTo(1);
    assertThat(pair("A", "B"))
        .containsEntry("shared_artists", 1)
        .as("30 days apart are still one tour")
        .containsEntry("shared_shows", 2);
    assertThat((double) pair("A", "B").get("distance_km")).isCloseTo(505, within(2.0));
    assertThat((double) pair("A", "B").get("score"))
        .isCloseTo((2 / Math.sqrt(1 * 2) + 2.0 / 3) / 3, within(0.0001));
    assertThat(pair("B", "C"))
        .containsEntry("shared_artists", 1)
        .as("60 days apart are not")
        .containsEntry("shared_shows", 0)
        .containsEntry("distance_km", null);
  }

  @Test
  void aShowThatIsOff_sharesNothing() {
    plays("Ada", "A", "2030-05-01");
    plays("Ada", "B", "2030-05-02", "cancelled");

    node.sync("venue-network");

    assertThat(node.count("venue_network")).isZero();
  }

  @Test
  void secondRun_writesOnlyWhatHasChanged() {
    plays("Ada", "A", "2030-05-01");
    plays("Ada", "B", "2030-05-02");
    plays("Bea", "C", "2030-05-01");
    plays("Bea", "D", "2030-05-02");
    node.sync("venue-network");
    String before = new Overview(node.database().pool()).physical().get("venue_network");

    Run same = node.sync("venue-network");

    assertThat(said(same)).isEqualTo("2 pairs = 0 inserted + 0 updated + 2 unchanged, 0 deleted");
    assertThat(new Overview(node.database().pool()).physical().get("venue_network"))
        .isEqualTo(before);
    plays("Cid", "A", "2030-05-01");
    node.jdbc()
        .update(
            "update shows set status = 'gone' where name = 'x' and venue_id in"
                + " (select id from venues where name = 'D')");
    assertThat(said(node.sync("venue-network")))
        .isEqualTo("1 pairs = 0 inserted + 1 updated + 0 unchanged, 1 deleted");
  }

  @Test
  void aVenueOfManyNeighbours_keepsItsBest50() {
    for (int i = 0; i < 60; i++) {
      node.jdbc().update("insert into venues (id, name) values (gen_random_uuid(), ?)", "V" + i);
      plays("Star", "V" + i, "2030-05-01");
    }
    plays("Star", "A", "2030-05-01");

    node.sync("venue-network");

    assertThat(
            node.count(
                "(select v.id from venues v join venue_network w on v.id in (w.venue_id, w.neighbour_id)"
                    + " group by v.id having count(*) > 50) x"))
        .isZero();
    assertThat(node.count("venue_network")).isPositive();
  }
}
