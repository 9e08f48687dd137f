package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.apply.RowDiff;
import dev.backline.apply.Trial;
import dev.backline.jobs.StoredRuns;
import dev.backline.land.Zstd;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The mappings once more over what is stored: what that does, and what it says it would do. */
class RemapTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Sandbox sandbox;
  private TestNode node;
  private Overview overview;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 40));
    node =
        TestNode.start(
            Postgres.create(), sandbox.ticketmaster(), Map.of("apply.sweep-records", "60"));
    overview = new Overview(node.database().pool());
    assertThat(node.sync("upcoming-shows").status()).isEqualTo("completed");
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  private Run remap(String kind) throws IOException {
    long records = overview.remappable("ticketmaster", kind);
    return node.await(StoredRuns.remap(node.node(), "ticketmaster", kind, records).run());
  }

  private Trial tryOut(String kind, int limit) {
    return node.tryOut("ticketmaster", kind, limit);
  }

  private Map<String, Object> aShow() {
    return node.jdbc()
        .queryForMap(
            "select cast(id as text) as id, name, ticketmaster_id, cast(venue_id as text) as venue from shows"
                + " where venue_id is not null order by id limit 1");
  }

  // --- The real thing ---------------------------------------------------------------------------

  @Test
  void remapOfUnchangedMappings_writesNoRowOfTheCatalogue() throws Exception {
    Map<String, String> before = overview.physical();
    long calls = sandbox.ledger().calls();

    Run run = remap(null);

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(run.job()).isEqualTo("remap");
    assertThat(run.balanced()).isTrue();
    assertThat(run.fetched()).isEqualTo(node.count("source_records"));
    assertThat(sandbox.ledger().calls()).isEqualTo(calls);
    assertThat(node.count("source_records where state = 'landed'")).isZero();
    for (String table : List.of("artists", "venues", "shows", "show_artists", "source_links")) {
      assertThat(overview.physical()).as(table).containsEntry(table, before.get(table));
    }
  }

  @Test
  void remapOfAKind_takesUpOnlyThatKind() throws Exception {
    Run run = remap("venue");

    assertThat(run.fetched()).isEqualTo(node.count("source_records where record_kind = 'venue'"));
    assertThat(
            node.count(
                "source_records r where record_kind = 'venue' and run_id <> '" + run.id() + "'"))
        .isZero();
    assertThat(
            node.count(
                "source_records r where record_kind <> 'venue' and run_id = '" + run.id() + "'"))
        .isZero();
  }

  @Test
  void remap_bringsTheCatalogueInStepWithTheMappings() throws Exception {
    Map<String, Object> show = aShow();
    node.jdbc()
        .update(
            "update shows set name = 'Wrong', price_min = 1 where id::text = ?", show.get("id"));

    assertThat(remap(null).status()).isEqualTo("completed");

    assertThat(aShow()).isEqualTo(show);
  }

  @Test
  void whatAJobKeepsBack_staysBack() throws Exception {
    node.jdbc()
        .update(
            "update source_records set state = 'skipped', error = 'a filter', held_back = true"
                + " where record_kind = 'attraction'");

    assertThat(overview.remappable("ticketmaster", "attraction")).isZero();
    assertThat(remap("attraction").fetched()).isZero();
    assertThat(tryOut("attraction", 10).tried()).isZero();
    assertThat(node.count("source_records where held_back and state <> 'skipped'")).isZero();
  }

  @Test
  void aRemapThatIsStoppedInItsMidst_goesOnAtItsCursor() throws Exception {
    long records = overview.remappable("ticketmaster", null);
    StoredRuns.Started started = StoredRuns.remap(node.node(), "ticketmaster", null, records);
    node.node().close();
    long landed = node.count("source_pages where run_id = '" + started.run() + "'");

    String url = node.settings().text("database.url");
    try (TestNode second =
        TestNode.start(url, sandbox.ticketmaster(), Map.of("apply.sweep-records", "60"))) {
      Run run = second.await(started.run());

      assertThat(run.status()).isEqualTo("completed");
      assertThat(run.balanced()).isTrue();
      assertThat(run.fetched()).isEqualTo(records);
      assertThat(second.count("source_pages where run_id = '" + started.run() + "'"))
          .isGreaterThan(landed);
    }
  }

  // --- The dry run ------------------------------------------------------------------------------

  @Test
  void aDryRunWhereNothingDiffers_findsNothingAndWritesNothing() {
    Map<String, String> before = overview.physical();

    Trial trial = tryOut(null, 50);

    assertThat(trial.tried()).isEqualTo((int) node.count("source_records"));
    assertThat(trial.rows()).isEmpty();
    assertThat(trial.states()).isEmpty();
    Trial.Counts shows = trial.tables().get("shows");
    assertThat(shows).isEqualTo(new Trial.Counts(0, 0, 0, shows.unchanged()));
    assertThat((long) shows.unchanged())
        .as("a show whose listings stand on two pages is compared with each")
        .isGreaterThanOrEqualTo(node.count("shows"));
    assertThat((long) trial.tables().get("show_artists").unchanged())
        .isGreaterThanOrEqualTo(node.count("show_artists"));
    assertThat(overview.physical()).isEqualTo(before);
  }

  @Test
  void aDryRun_saysWhichValuesOfWhichRowsWouldChangeAndWritesNothing() {
    Map<String, Object> show = aShow();
    node.jdbc()
        .update(
            "update shows set name = 'Wrong', price_min = 1 where id::text = ?", show.get("id"));
    node.jdbc().update("update venues set city = null where id::text = ?", show.get("venue"));
    Map<String, String> before = overview.physical();

    Trial trial = tryOut(null, 50);

    assertThat(trial.rows()).hasSize(2);
    RowDiff.Change change =
        trial.rows().stream()
            .filter(c -> c.row().table().equals("shows"))
            .findFirst()
            .orElseThrow();
    assertThat(change.kind()).isEqualTo(RowDiff.Kind.CHANGED);
    assertThat(change.row().id()).isEqualTo(show.get("id"));
    assertThat(change.row().record())
        .isEqualTo("ticketmaster event " + show.get("ticketmaster_id"));
    assertThat(change.columns().get("name").before().asText()).isEqualTo("Wrong");
    assertThat(change.columns().get("name").after().asText()).isEqualTo(show.get("name"));
    assertThat(change.columns().get("price_min").before().asInt()).isEqualTo(1);
    assertThat(change.columns()).doesNotContainKeys("updated_at", "last_sync", "created_at");
    assertThat(trial.tables().get("venues").changed()).isEqualTo(1);
    assertThat(overview.physical()).isEqualTo(before);
  }

  @Test
  void aDryRun_findsRowsThatWouldComeAndGo() {
    Map<String, Object> show = aShow();
    node.jdbc().update("delete from source_links where entity_id::text = ?", show.get("id"));
    node.jdbc().update("delete from shows where id::text = ?", show.get("id"));
    Map<String, Object> stranger =
        node.jdbc()
            .queryForMap(
                "insert into show_artists select s.id, a.id, 99 from (select id from shows order by id desc limit 1) s,"
                    + " artists a where not exists (select 1 from show_artists x where x.show_id = s.id and x.artist_id = a.id)"
                    + " order by a.id limit 1 returning cast(show_id as text) as show, cast(artist_id as text) as artist");

    Trial trial = tryOut("event", 500);

    assertThat(trial.tables().get("shows").inserted()).isEqualTo(1);
    assertThat(trial.tables().get("show_artists").deleted()).isEqualTo(1);
    assertThat(trial.rows())
        .filteredOn(c -> c.kind() == RowDiff.Kind.DELETED)
        .singleElement()
        .satisfies(
            c ->
                assertThat(c.row().id())
                    .isEqualTo(stranger.get("show") + "/" + stranger.get("artist")));
    assertThat(trial.rows())
        .filteredOn(c -> c.row().table().equals("shows"))
        .singleElement()
        .satisfies(c -> assertThat(c.row().name()).isEqualTo(show.get("name")));
  }

  @Test
  void aDryRun_saysWhichRecordsWouldBeRejectedOrDie() throws Exception {
    List<String> ids =
        node.jdbc()
            .queryForList(
                "select source_id from source_records where record_kind = 'event' and state = 'applied'"
                    + " and source_id in (select ticketmaster_id from shows s"
                    + " where not exists (select 1 from show_offers o where o.show_id = s.id))"
                    + " order by source_id limit 2",
                String.class);
    spoil(ids.get(0), event -> event.remove("name"));
    spoil(ids.get(1), event -> event.put("name", "POISON"));
    node.jdbc()
        .execute("alter table shows add constraint no_poison check (name <> 'POISON') not valid");
    Map<String, String> before = overview.physical();

    Trial trial = tryOut("event", 50);

    assertThat(trial.states())
        .containsOnly(Map.entry("applied -> dead", 1), Map.entry("applied -> rejected", 1));
    assertThat(trial.records())
        .anySatisfy(
            c -> {
              assertThat(c.record()).isEqualTo("ticketmaster event " + ids.get(0));
              assertThat(c.after()).isEqualTo("rejected");
              assertThat(c.reason()).contains("name");
            })
        .anySatisfy(
            c -> {
              assertThat(c.record()).isEqualTo("ticketmaster event " + ids.get(1));
              assertThat(c.after()).isEqualTo("dead");
              assertThat(c.reason()).contains("no_poison");
            });
    assertThat(overview.physical()).isEqualTo(before);
  }

  @Test
  void aDryRun_keepsAsManyExamplesAsAskedForAndCountsAll() {
    int shows = node.jdbc().update("update shows set url = null where url is not null");

    Trial trial = tryOut(null, 5);

    assertThat(trial.rows()).hasSize(5);
    assertThat(trial.tables().get("shows").changed()).isEqualTo(shows);
  }

  @Test
  void aDryRunSeesArtistsThatWouldBecomeOne() throws Exception {
    List<Map<String, Object>> two =
        node.jdbc()
            .queryForList(
                "select cast(a.id as text) as id, a.ticketmaster_id from artists a"
                    + " where a.mbid is null and a.spotify_id is null order by a.id limit 2");
    String mbid = "3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab";
    for (Map<String, Object> artist : two) {
      spoil(
          (String) artist.get("ticketmaster_id"),
          attraction ->
              attraction
                  .putObject("externalLinks")
                  .putArray("musicbrainz")
                  .addObject()
                  .put("id", mbid));
    }
    node.jdbc()
        .update(
            "update source_records set source_id = source_id where source_id in (?, ?)",
            two.get(0).get("ticketmaster_id"),
            two.get(1).get("ticketmaster_id"));

    Trial trial = tryOut("attraction", 500);
    Run run = remap("attraction");

    assertThat(run.status()).isEqualTo("completed");
    assertThat(node.count("artists where mbid = '" + mbid + "'")).isEqualTo(1);
    assertThat(trial.rows())
        .anySatisfy(
            c -> {
              assertThat(c.row().table()).isEqualTo("artists");
              assertThat(c.columns().get("mbid").after().asText()).isEqualTo(mbid);
            });
  }

  private interface Spoil {
    void of(ObjectNode record);
  }

  private void spoil(String id, Spoil spoil) throws IOException {
    byte[] raw =
        node.jdbc()
            .queryForObject("select raw from source_records where source_id = ?", byte[].class, id);
    ObjectNode record = (ObjectNode) JSON.readTree(Zstd.decompress(raw));
    spoil.of(record);
    node.jdbc()
        .update(
            "update source_records set raw = ? where source_id = ?",
            Zstd.compress(JSON.writeValueAsBytes(record)),
            id);
  }
}
