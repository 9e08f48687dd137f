package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Days pass over the simulated API: shows change, and some are no longer listed. Its world begins
 * today, because a show is gone only before its day.
 */
class GoneShowsTest {
  private static final int DAYS = 20;
  private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

  private Sandbox sandbox;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    sandbox = world(0);
    node = TestNode.start(sandbox.ticketmaster());
  }

  private static Sandbox world(int port) throws IOException {
    return Sandbox.start(new Sandbox.Options(port, 7, 100, TODAY, ""));
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  // --- Changed ----------------------------------------------------------------------------------

  @Test
  void cancelledPostponedAndMovedShows_areUpdatedAndTheirChangesNotedWithTheRun() {
    node.sync("upcoming-shows");
    Map<String, String> before = shows();
    sandbox.advance(DAYS);

    Run second = node.sync("upcoming-shows");

    Map<String, String> after = shows();
    Map<String, String> told = new TreeMap<>();
    for (JsonNode show : Truth.shows(sandbox)) {
      told.put(
          show.get("id").asText(),
          show.get("status").asText() + ' ' + show.path("local_date").asText("null"));
    }
    assertThat(after).containsAllEntriesOf(told);
    Set<String> changed = new TreeSet<>();
    before.forEach(
        (show, was) -> {
          if (!was.equals(after.get(show))) {
            changed.add(show);
          }
        });
    assertThat(
            ids(
                "select distinct s.ticketmaster_id from show_changes c join shows s on s.id = c.show_id"
                    + " where c.field in ('status', 'local_date') and c.run_id = '"
                    + second.id()
                    + "'"))
        .isEqualTo(changed)
        .isNotEmpty();
    assertThat(
            ids(
                "select distinct is_now from show_changes where field = 'status' and is_now in"
                    + " ('cancelled', 'postponed', 'rescheduled')"))
        .containsExactly("cancelled", "postponed", "rescheduled");
    assertThat(node.count("show_changes where field = 'local_date' and is_now is not null"))
        .isPositive();
  }

  /** State and day of each show by its id at the source. */
  private Map<String, String> shows() {
    Map<String, String> shows = new TreeMap<>();
    node.jdbc()
        .query(
            "select ticketmaster_id, status || ' ' || coalesce(local_date::text, 'null') from shows",
            row -> {
              shows.put(row.getString(1), row.getString(2));
            });
    return shows;
  }

  // --- Gone -------------------------------------------------------------------------------------

  @Test
  void aVanishedShow_isGoneAfterTheConfiguredMissesAndNotBefore() {
    Set<String> vanished = vanish();

    node.sync("upcoming-shows");
    assertThat(gone()).isEmpty();
    assertThat(node.count("missed_records where misses = 1")).isPositive();

    Run third = node.sync("upcoming-shows");

    assertThat(third.status()).as(third.toString()).isEqualTo("completed");
    assertThat(gone()).isEqualTo(vanished);
    assertThat(
            node.count(
                "show_changes where field = 'status' and is_now = 'gone' and run_id = '"
                    + third.id()
                    + "'"))
        .isEqualTo(node.count("gone_shows"));
    Overview overview = new Overview(node.database().pool());
    Map<String, String> before = overview.physical();
    node.sync("upcoming-shows");
    assertThat(overview.physical()).as("what is gone is not written again").isEqualTo(before);
  }

  @Test
  void aGoneShow_staysGoneWhenSomethingElseWritesItsRow() {
    Set<String> vanished = vanish();
    node.sync("upcoming-shows");
    node.sync("upcoming-shows");

    node.jdbc()
        .update(
            "update source_records set state = 'landed' where record_kind = 'event' and source_id = any (?)",
            (Object) vanished.toArray(String[]::new));
    node.awaitNoneLanded();

    assertThat(gone()).isEqualTo(vanished).isNotEmpty();
  }

  @Test
  void aShowThatComesBack_isNotGoneAnyMore() throws IOException {
    node.sync("upcoming-shows");
    Map<String, String> before = shows();
    sandbox.advance(DAYS);
    node.sync("upcoming-shows");
    node.sync("upcoming-shows");
    assertThat(gone()).isNotEmpty();
    int port = sandbox.port();
    sandbox.close();
    sandbox = world(port); // as it was: nothing has vanished yet

    Run run = node.sync("upcoming-shows");

    assertThat(run.balanced()).isTrue();
    assertThat(node.count("source_records where state = 'landed'")).isZero();
    assertThat(node.count("gone_shows")).isZero();
    assertThat(shows()).containsAllEntriesOf(before);
    assertThat(node.count("show_changes where was = 'gone' and run_id = '" + run.id() + "'"))
        .isPositive();
  }

  @Test
  void aRunThatAsksForLess_marksNothingBeyondIt() {
    Set<String> vanished = vanish();
    String city =
        node.jdbc()
            .queryForObject(
                "select v.city from shows s join venues v on v.id = s.venue_id where s.ticketmaster_id = any (?)"
                    + " order by 1 limit 1",
                String.class,
                (Object) vanished.toArray(String[]::new));

    node.sync("upcoming-shows", "city=" + city);
    assertThat(node.count("missed_records")).isZero();

    String from = TODAY.plusDays(200).toString();
    node.sync("upcoming-shows", "country=US", "from=" + from);
    assertThat(node.count("missed_records")).isPositive();
    assertThat(
            node.count(
                "missed_records m join source_links l on l.entity_kind = 'show' and l.source_id = m.source_id"
                    + " join shows s on s.id = l.entity_id join venues v on v.id = s.venue_id"
                    + " where v.country_code <> 'US' or s.local_date < '"
                    + from
                    + "'"))
        .isZero();
  }

  // --- Half-failed fetches ----------------------------------------------------------------------

  @Test
  void aWindowThatFailedInParts_marksNothing() {
    vanish();
    for (int round = 0; round < 2; round++) {
      sandbox.faults("status=404@4");
      assertThat(node.sync("upcoming-shows").status()).isEqualTo("partial");
    }
    assertThat(node.count("missed_records")).isZero();

    sandbox.faults("");
    node.sync("upcoming-shows");
    assertThat(node.count("missed_records where misses = 1")).isPositive();
    assertThat(gone()).isEmpty();
  }

  @Test
  void pagesThatRepeatThemselves_markNothing() {
    node.sync("upcoming-shows");
    for (int round = 0; round < 2; round++) {
      sandbox.faults("same-page");
      node.sync("upcoming-shows");
    }
    assertThat(node.count("missed_records")).isZero();
  }

  @Test
  void whereTooManyVanishAtOnce_noneIsMissing() {
    node.sync("upcoming-shows");
    ghosts("2 = 2");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("partial");
    assertThat(run.error())
        .matches(
            "[0-9,]+ of [0-9,]+ listings of ticketmaster in the window were missing: taken for a"
                + " half-failed fetch, none is marked gone");
    assertThat(node.count("missed_records")).isZero();
  }

  @Test
  void whereSomeVanishAtOnce_theyAreMissing() {
    node.sync("upcoming-shows");
    int ghosts = ghosts("hashtext(s.ticketmaster_id) % 10 = 0");

    assertThat(node.sync("upcoming-shows").status()).isEqualTo("completed");

    assertThat(node.count("missed_records")).isEqualTo(ghosts);
  }

  /** Shows that the source has never told of, each like one that it has; answers how many. */
  private int ghosts(String which) {
    node.jdbc()
        .execute(
            "create table ghosts as select gen_random_uuid() as id, s.id as of, s.ticketmaster_id as listing, s.local_date"
                + " from shows s where s.local_date > current_date + 30 and "
                + which);
    node.jdbc()
        .execute(
            "insert into shows (id, name, local_date, status) select id, 'ghost', local_date, 'on_sale' from ghosts");
    node.jdbc()
        .execute(
            "insert into source_links (entity_kind, source, source_id, entity_id, method)"
                + " select 'show', 'ticketmaster', 'ghost-' || listing, id, 'new' from ghosts");
    return node.jdbc()
        .update(
            "insert into source_records (source, record_kind, source_id, fingerprint, raw, state)"
                + " select r.source, r.record_kind, 'ghost-' || g.listing, r.fingerprint, r.raw, 'applied'"
                + " from ghosts g join source_records r on r.source = 'ticketmaster' and r.record_kind = 'event'"
                + " and r.source_id = g.listing");
  }

  // --- The world --------------------------------------------------------------------------------

  /** Syncs, lets days pass, and answers the shows to come of which no listing is left. */
  private Set<String> vanish() {
    node.sync("upcoming-shows");
    sandbox.advance(DAYS);
    String[] listed =
        Truth.visibleEvents(sandbox).stream()
            .map(event -> event.get("id").asText())
            .toArray(String[]::new);
    Collection<String> vanished =
        node.jdbc()
            .queryForList(
                "select s.ticketmaster_id from shows s where s.local_date > ? and s.status <> 'cancelled'"
                    + " and not exists (select 1 from source_links l where l.entity_kind = 'show' and l.entity_id = s.id"
                    + " and l.source_id = any (?))",
                String.class,
                passed(),
                listed);
    assertThat(vanished).isNotEmpty();
    return new TreeSet<>(vanished);
  }

  /** Shows up to this day are past in the simulated world, though not on our clock. */
  private static LocalDate passed() {
    return TODAY.plusDays(DAYS + 2);
  }

  private Set<String> gone() {
    return ids(
        "select ticketmaster_id from shows where status = 'gone' and local_date > '"
            + passed()
            + "'");
  }

  private Set<String> ids(String query) {
    List<String> ids = node.jdbc().queryForList(query, String.class);
    return ids.stream().collect(Collectors.toCollection(TreeSet::new));
  }
}
