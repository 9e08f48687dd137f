package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.store.Withdrawal;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records are kept as long as their settings say, and removed ones stay out. */
class RetentionTest {
  private Sandbox sandbox;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(37, 8));
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  private void fill(Map<String, String> settings) {
    node = TestNode.start(Postgres.create(), sandbox.ticketmaster(), settings);
    assertThat(node.sync("upcoming-shows").status()).isEqualTo("completed");
    node.awaitNoneLanded();
  }

  private String one(String query) {
    return node.jdbc().queryForObject(query, String.class);
  }

  /** An event that is a show by itself. */
  private String event() {
    return one(
        "select min(l.source_id) from source_links l where l.entity_kind = 'show' and l.method <> 'offer'"
            + " and not exists (select 1 from source_links o where o.entity_id = l.entity_id and o.source_id <> l.source_id)");
  }

  private void cleanUp() {
    Run cleanup = node.sync("cleanup");
    assertThat(cleanup.status()).as(cleanup.toString()).isEqualTo("completed");
    for (UUID run :
        node.jdbc()
            .queryForList("select id from sync_jobs where job = ?", UUID.class, Withdrawal.JOB)) {
      assertThat(node.await(run).balanced()).isTrue();
    }
    node.awaitNoneLanded();
  }

  @Test
  void recordNotSeenForTooLong_isWithdrawnAndNewWhenItComesAgain() {
    fill(Map.of("ticketmaster.derived-days", "30"));
    String gone = event();
    long shows = node.count("shows");
    long records = node.count("source_records");
    node.jdbc().update("update source_records set last_changed = now() - interval '40 days'");
    node.jdbc().update("update source_pages set ids = array_remove(ids, ?)", gone);

    cleanUp();

    assertThat(node.count("source_records where source_id = '" + gone + "'")).isZero();
    assertThat(node.count("source_links where source_id = '" + gone + "'")).isZero();
    assertThat(node.count("shows")).isEqualTo(shows - 1);
    assertThat(node.count("source_records")).isEqualTo(records - 1);
    assertThat(node.count("source_records where seen_at is null"))
        .as("the others were seen, though nothing of them changed")
        .isZero();

    Run again = node.sync("upcoming-shows");
    assertThat(again.inserted()).as(again.toString()).isEqualTo(1);
    assertThat(node.count("shows")).isEqualTo(shows);
  }

  @Test
  void recordsThatNothingIsMadeOf_goByTheirOwnPeriodAndKind() {
    fill(
        Map.of(
            "ticketmaster.derived-days", "",
            "ticketmaster.raw-days", "30",
            "ticketmaster.venue.raw-days", "0"));
    long shows = node.count("shows");
    node.jdbc().update("update source_records set last_changed = now() - interval '40 days'");
    node.jdbc().update("delete from source_pages");
    node.jdbc()
        .update(
            "insert into source_records (source, record_kind, source_id, fingerprint, raw, state, error, last_changed)"
                + " select 'ticketmaster', k, k || s, decode(md5(k || s), 'hex'), '\\x01', s, 'x', now() - make_interval(days => d)"
                + " from (values ('event', 'skipped', 40), ('event', 'rejected', 40), ('event', 'dead', 20),"
                + " ('venue', 'skipped', 40)) as r (k, s, d)");

    cleanUp();

    assertThat(
            node.jdbc()
                .queryForList(
                    "select source_id from source_records where length(raw) = 1 order by 1",
                    String.class))
        .containsExactly("eventdead", "venueskipped");
    assertThat(node.count("shows")).isEqualTo(shows);
    assertThat(node.count("sync_jobs where job = 'purge'")).isEqualTo(1);
  }

  @Test
  void withoutPeriods_nothingIsWithdrawn() {
    fill(Map.of("ticketmaster.raw-days", "0"));
    node.jdbc().update("update source_records set last_changed = now() - interval '4000 days'");
    long records = node.count("source_records");

    cleanUp();

    assertThat(node.count("source_records")).isEqualTo(records);
    assertThat(node.count("source_records where seen_at is not null")).isZero();
  }

  @Test
  void removedRecord_staysOutWhenItsSourceSendsItAgain() {
    fill(Map.of());
    String gone = event();
    long shows = node.count("shows");
    String show =
        one(
            "select entity_id from source_links where entity_kind = 'show' and source_id = '"
                + gone
                + "'");
    node.jdbc()
        .execute(
            "insert into users (id) values ('00000000-0000-4000-8000-000000000007');"
                + " insert into setlists (id, show_id, kind) values (gen_random_uuid(), '"
                + show
                + "', 'predicted');"
                + " insert into setlist_songs (id, setlist_id, title, position) select gen_random_uuid(), id, 'One', 0 from setlists;"
                + " insert into user_votes select '00000000-0000-4000-8000-000000000007', id, now() from setlist_songs");
    Withdrawal withdrawal = new Withdrawal(node.database().pool(), node.settings());

    Run run = node.await(withdrawal.remove("ticketmaster", "event", gone));

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(node.count("shows")).isEqualTo(shows - 1);
    assertThat(node.count("user_votes")).isZero();
    assertThat(node.count("source_records where source_id = '" + gone + "'")).isZero();

    Run second = node.sync("upcoming-shows");
    assertThat(second.balanced()).isTrue();
    assertThat(second.skipped()).as(second.toString()).isEqualTo(1);
    assertThat(second.inserted()).isZero();
    assertThat(
            one(
                "select state || ' ' || error || ' ' || length(raw) from source_records where source_id = '"
                    + gone
                    + "'"))
        .isEqualTo("skipped removed-on-request 0");
    assertThat(withdrawal.isBack("ticketmaster", "event", gone)).isFalse();
    Run third = node.sync("upcoming-shows");
    assertThat(third.unchanged()).as(third.toString()).isEqualTo(third.fetched());
    assertThat(node.tryOut("ticketmaster", null, 5).rows()).isEmpty();
    assertThat(node.count("shows")).isEqualTo(shows - 1);
    assertThat(List.of(one("select count(*) from removed_records"))).containsExactly("1");
  }

  @Test
  void removedVenue_leavesItsShows() {
    fill(Map.of());
    String venue =
        one(
            "select l.source_id from shows s join source_links l on l.entity_kind = 'venue' and l.entity_id = s.venue_id"
                + " group by 1 order by count(*) desc, 1 limit 1");
    long shows = node.count("shows");
    long venues = node.count("venues");
    Withdrawal withdrawal = new Withdrawal(node.database().pool(), node.settings());

    node.await(withdrawal.remove("ticketmaster", "venue", venue));
    Run second = node.sync("upcoming-shows");

    assertThat(second.skipped()).as(second.toString()).isEqualTo(1);
    assertThat(node.count("shows")).isEqualTo(shows);
    assertThat(node.count("venues")).isEqualTo(venues - 1);
    assertThat(node.count("shows where venue_id is null")).isPositive();
  }
}
