package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Ledger;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The job upcoming-shows over the simulated API, held against the truth of its world (S41, S44,
 * S94).
 */
class UpcomingShowsTest {
  private Sandbox sandbox;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 150));
    node = TestNode.start(sandbox.ticketmaster());
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  @Test
  void oneRun_storesEveryRecordServedOnce() {
    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(run.balanced()).isTrue();
    for (Ledger.Kind kind : Ledger.Kind.values()) {
      Set<String> served = new TreeSet<>();
      sandbox.ledger().records(kind).forEach(entry -> served.add(entry.id()));
      assertThat(ids("source_records where record_kind = '" + kind.word() + "'"))
          .as(kind.word())
          .isEqualTo(served);
    }
    assertThat(node.count("source_records where state = 'landed'")).isZero();
  }

  @Test
  void everyListingOfMusic_isAShowAsTheWorldHasIt() {
    node.sync("upcoming-shows");

    Map<String, Map<String, Object>> shows = new HashMap<>();
    for (Map<String, Object> row :
        node.jdbc()
            .queryForList(
                "select s.ticketmaster_id, s.local_date::text as local_date, s.local_time::text as local_time,"
                    + " s.starts_at, s.status, s.price_min, s.price_max, s.currency,"
                    + " v.ticketmaster_id as venue,"
                    + " (select string_agg(sa.artist_id::text, ',' order by sa.position) from show_artists sa"
                    + "  where sa.show_id = s.id) as line_up"
                    + " from shows s left join venues v on v.id = s.venue_id")) {
      shows.put((String) row.get("ticketmaster_id"), row);
    }
    Map<String, String> artists = new HashMap<>();
    node.jdbc()
        .query(
            "select source_id, entity_id::text from source_links where entity_kind = 'artist'",
            row -> {
              artists.put(row.getString(1), row.getString(2));
            });
    List<JsonNode> truth = Truth.shows(sandbox);
    assertThat(shows.keySet())
        .containsExactlyInAnyOrderElementsOf(
            truth.stream().map(e -> e.get("id").asText()).toList());
    for (JsonNode event : truth) {
      String id = event.get("id").asText();
      Map<String, Object> show = shows.get(id);
      assertThat(show.get("local_date")).as(id).isEqualTo(text(event, "local_date"));
      assertThat(show.get("status")).as(id).isEqualTo(text(event, "status"));
      assertThat(show.get("venue")).as(id).isEqualTo(text(event, "venue"));
      assertThat(show.get("currency")).as(id).isEqualTo(text(event, "currency"));
      assertThat(instant(show.get("starts_at")))
          .as(id)
          .isEqualTo(
              event.hasNonNull("starts_at")
                  ? Instant.parse(event.get("starts_at").asText())
                  : null);
      price(id, show.get("price_min"), event.get("price_min"));
      price(id, show.get("price_max"), event.get("price_max"));
      List<String> lineUp = new ArrayList<>();
      event.get("attractions").forEach(a -> lineUp.add(artists.get(a.asText())));
      assertThat(show.get("line_up"))
          .as(id)
          .isEqualTo(
              lineUp.isEmpty() ? null : String.join(",", lineUp.stream().distinct().toList()));
    }
  }

  private static Instant instant(Object value) {
    return value == null ? null : ((java.sql.Timestamp) value).toInstant();
  }

  private static String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }

  private static void price(String id, Object stored, JsonNode told) {
    if (told == null || told.isNull()) {
      assertThat(stored).as(id).isNull();
    } else {
      assertThat((BigDecimal) stored).as(id).isEqualByComparingTo(told.decimalValue());
    }
  }

  @Test
  void attractionsOfOneMbid_areOneArtist_andNamesakesAreNot() {
    node.sync("upcoming-shows");

    Map<String, String> entities = new TreeMap<>();
    node.jdbc()
        .query(
            "select source_id, entity_id::text from source_links where entity_kind = 'artist'",
            row -> {
              entities.put(row.getString(1), row.getString(2));
            });
    Map<String, String> byTruth = new HashMap<>();
    Map<String, String> byEntity = new HashMap<>();
    for (JsonNode attraction : Truth.of(sandbox, "attraction")) {
      String entity = entities.get(attraction.get("id").asText());
      if (entity == null) {
        continue;
      }
      String truth = attraction.get("same_as").asText();
      String other = byTruth.putIfAbsent(truth, entity);
      if (attraction.hasNonNull("mbid")) {
        assertThat(other == null ? entity : other).as("artist " + truth).isEqualTo(entity);
      }
      assertThat(byEntity.putIfAbsent(entity, truth)).as(entity).isIn(null, truth);
    }
    assertThat(
            node.count(
                "(select entity_id from source_links where entity_kind = 'artist' group by 1 having count(*) > 1) x"))
        .isPositive();
  }

  @Test
  void aSecondRunOverUnchangedData_writesNoRow() {
    node.sync("upcoming-shows");
    Overview overview = new Overview(node.database().pool());
    Map<String, String> before = overview.physical();

    Run second = node.sync("upcoming-shows");

    assertThat(second.fetched()).isPositive();
    assertThat(second.unchanged()).isEqualTo(second.fetched());
    assertThat(overview.physical()).isEqualTo(before);
  }

  @Test
  void daysPass_andOnlyWhatChangedIsWritten() {
    node.sync("upcoming-shows");
    sandbox.advance(10);

    Run second = node.sync("upcoming-shows");

    assertThat(second.status()).isEqualTo("completed");
    assertThat(second.updated()).isPositive();
    assertThat(second.unchanged()).isGreaterThan(second.updated());
    Map<String, String> told = new TreeMap<>();
    Truth.shows(sandbox).forEach(e -> told.put(e.get("id").asText(), e.get("status").asText()));
    Map<String, String> stored = new TreeMap<>();
    node.jdbc()
        .query(
            "select ticketmaster_id, status from shows",
            row -> {
              stored.put(row.getString(1), row.getString(2));
            });
    assertThat(stored).containsAllEntriesOf(told);
  }

  @Test
  void anyOrderOfArrival_givesTheSameCatalogue() throws Exception {
    node.sync("upcoming-shows");
    // The other node sees other pages in another order, and later days before they become today's.
    try (Sandbox same = Sandbox.start(Sandbox.Options.of(7, 150));
        TestNode other =
            TestNode.start(
                Postgres.create(),
                same.ticketmaster(),
                Map.of("ticketmaster.page-size", "37", "apply.pages-per-transaction", "3"))) {
      same.advance(9);
      other.sync("upcoming-shows", "country=DE");
      other.sync("upcoming-shows", "country=JP");
      sandbox.advance(9);
      node.sync("upcoming-shows");
      other.sync("upcoming-shows");

      assertThat(values(other)).isEqualTo(values(node));
    }
  }

  /** The catalogue without ids and times; shows that have left the listings are left out. */
  private Set<String> values(TestNode of) {
    Set<String> lines = new TreeSet<>();
    Set<String> listed = new TreeSet<>();
    Truth.shows(sandbox).forEach(e -> listed.add(e.get("id").asText()));
    of.jdbc()
        .query(
            "select s.ticketmaster_id, s.name, s.local_date, s.local_time, s.starts_at, s.status, s.price_min,"
                + " s.price_max, v.name as venue, v.latitude, h.name as headliner, h.mbid, h.spotify_id,"
                + " (select string_agg(a.name || coalesce(a.ticketmaster_id, ''), '|' order by sa.position) from show_artists sa"
                + "  join artists a on a.id = sa.artist_id where sa.show_id = s.id) as line_up"
                + " from shows s left join venues v on v.id = s.venue_id left join artists h on h.id = s.headliner_id",
            row -> {
              if (listed.contains(row.getString(1))) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                  line.append(row.getString(i)).append('\t');
                }
                lines.add(line.toString());
              }
            });
    return lines;
  }

  @Test
  void aCountry_isAllThatIsAskedFor() {
    Run run = node.sync("upcoming-shows", "country=DE", "from=2026-12-01", "to=2027-06-30");

    assertThat(run.status()).isEqualTo("completed");
    assertThat(node.count("shows")).isPositive();
    assertThat(node.count("venues where country_code <> 'DE'")).isZero();
    assertThat(node.count("shows where local_date < '2026-11-30' or local_date > '2027-07-01'"))
        .isZero();
  }

  @Test
  void moreThanPagingReaches_isSplitByDate() {
    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("completed");
    assertThat(node.count("sync_requests where state = 'split'")).isPositive();
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
  }

  private Set<String> ids(String from) {
    return new TreeSet<>(node.jdbc().queryForList("select source_id from " + from, String.class));
  }

  @Test
  void theKey_isStoredNowhere() {
    node.sync("upcoming-shows");

    for (String table :
        node.jdbc()
            .queryForList(
                "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
                String.class)) {
      assertThat(node.count(table + " t where t::text like '%" + TestNode.KEY + "%'"))
          .as(table)
          .isZero();
    }
  }
}
