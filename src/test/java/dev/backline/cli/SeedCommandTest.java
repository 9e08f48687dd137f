package dev.backline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Catalogue;
import dev.backline.store.Clearing;
import dev.backline.testkit.Command;
import dev.backline.testkit.Command.Outcome;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seeding goes from venues on, twice creates nothing, and reset empties what it filled (S1-S7, S22,
 * S23).
 */
class SeedCommandTest {
  @TempDir Path folder;

  private Sandbox sandbox;
  private TestNode node;
  private Command command;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(31, 60));
    String database = Postgres.create();
    node = TestNode.start(database, sandbox.ticketmaster(), Map.of());
    node.node().close();
    command =
        Command.in(folder)
            .with("DATABASE_URL", database)
            .with("TICKETMASTER_BASE_URL", sandbox.ticketmaster().toString())
            .with("TICKETMASTER_API_KEY", TestNode.KEY)
            .with("TICKETMASTER_RATE_LIMIT_PER_SECOND", "1000")
            .with("FETCH_IDLE_DELAY", "50")
            .with("APPLY_CLOSE_DELAY", "50");
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  private Map<Catalogue, Long> rows() {
    return new Clearing(node.database().pool()).rows();
  }

  private static List<String> stages(Outcome outcome) {
    return outcome.out().lines().map(line -> line.split(" ")[0]).toList();
  }

  @Test
  void seed_goesFromVenuesToTheirNetworkAndCreatesNothingTheSecondTime() {
    Outcome first = command.run("seed", "--limit", "10");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(stages(first)).containsExactly("venues", "events", "artists", "venueNetwork");
    assertThat(first.out()).contains("venues  completed, 10 new of 10: 10 fetched = 10 inserted");
    assertThat(node.count("venues")).isEqualTo(10);
    assertThat(node.count("shows")).isPositive();
    assertThat(node.count("shows where venue_id is null")).isZero();
    assertThat(node.count("artists")).isPositive();
    assertThat(node.count("sync_jobs")).isEqualTo(4);
    Map<Catalogue, Long> before = rows();

    Outcome second = command.run("seed", "--limit", "10");

    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out().lines()).hasSize(4).allMatch(line -> line.contains(", 0 new of "));
    before.remove(Catalogue.RECORDS);
    assertThat(rows()).containsAllEntriesOf(before);
  }

  @Test
  void filters_seedAPlaceAlone() {
    Map<String, Object> somewhere = somewhere();

    Outcome seed =
        command.run(
            "seed", "--near", (String) somewhere.get("near"), "--radius", "20", "--limit", "100");

    assertThat(seed.exitCode()).as(seed.err()).isZero();
    assertThat(node.count("venues")).isBetween(1L, 99L);
    assertThat(
            node.count(
                "venues v, point_of('"
                    + somewhere.get("near")
                    + "') p where distance_km(p.latitude, p.longitude, v.latitude, v.longitude) > 20.1"))
        .isZero();
    command.run("reset", "--yes");
    Outcome city = command.run("seed", "--city", (String) somewhere.get("city"));
    assertThat(city.exitCode()).as(city.err()).isZero();
    assertThat(node.count("venues where city <> '" + somewhere.get("city") + "'")).isZero();
    assertThat(node.count("venues")).isPositive();
    Outcome small = command.run("seed", "--min-capacity", "500");
    assertThat(small.out()).contains("events  completed, 0 new of");
    assertThat(command.run("seed", "--radius", "5").said())
        .containsExactly("backline: a radius needs the point it is around: near");
  }

  private Map<String, Object> somewhere() {
    assertThat(command.run("seed", "--limit", "20").exitCode()).isZero();
    Map<String, Object> somewhere =
        node.jdbc()
            .queryForMap(
                "select city, latitude || ',' || longitude as near from venues"
                    + " where latitude is not null order by name limit 1");
    assertThat(command.run("reset", "--yes").exitCode()).isZero();
    assertThat(node.count("venues")).isZero();
    return somewhere;
  }

  @Test
  void reset_asksFirstEmptiesInTheDocumentedOrderAndKeepsWhatWasSpent() {
    assertThat(command.run("seed", "--limit", "10").exitCode()).isZero();
    fill();

    Outcome unsure = command.run("no\n", new String[] {"reset"});

    assertThat(unsure.exitCode()).isEqualTo(2);
    assertThat(unsure.said()).singleElement().asString().contains("nothing was cleared");
    assertThat(node.count("venues")).isEqualTo(10);
    Outcome reset = command.run("reset\n", new String[] {"reset"});
    assertThat(reset.exitCode()).as(reset.err()).isZero();
    assertThat(
            reset.out().lines().filter(line -> line.endsWith(" deleted")).map(l -> l.split(" ")[0]))
        .containsExactly(
            "events",
            "tourVenues",
            "tours",
            "venueNetwork",
            "artists",
            "venues",
            "users",
            "records");
    assertThat(rows().values()).containsOnly(0L);
    assertThat(node.count("source_records")).isZero();
    assertThat(node.count("source_quota where used > 0")).isEqualTo(1);
    Outcome again = command.run("seed", "--limit", "10");
    assertThat(again.out()).as("from nothing").contains("10 new of 10");
  }

  /** Rows that refer to each other, also in tables that no job of this test fills. */
  private void fill() {
    node.jdbc()
        .execute(
            """
            insert into tours (artist_id, name) select id, 'Tour' from artists limit 1;
            insert into tour_venues select t.id, v.id, 1 from tours t, venues v limit 1;
            update shows set tour_id = (select id from tours);
            insert into songs (id, artist_id, title, normalized_title) select gen_random_uuid(), id, 'One', 'one' from artists;
            insert into setlists (id, show_id, kind) select gen_random_uuid(), id, 'predicted' from shows;
            insert into setlist_songs (id, setlist_id, song_id, position)
              select gen_random_uuid(), l.id, (select id from songs limit 1), 0 from setlists l;
            insert into users (id) values (gen_random_uuid());
            insert into user_votes (user_id, setlist_song_id) select u.id, s.id from users u, setlist_songs s;
            update venues set parent_id = (select id from venues order by id limit 1);
            """);
  }

  @Test
  void reset_isRefusedOutsideDevelopmentUnlessForced() {
    command.with("BACKLINE_ENV", "staging");

    Outcome reset = command.run("reset", "--yes");

    assertThat(reset.exitCode()).isEqualTo(2);
    assertThat(reset.said())
        .containsExactly(
            "backline: this is staging, where nothing is cleared; --force clears it all the same");
    node.jdbc().update("update installation set environment = 'staging'");
    assertThat(command.run("reset", "--yes", "--force").exitCode()).isZero();
  }
}
