package dev.backline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far a run is, by its requests and what their pages have shown. */
class ProgressTest {
  private static Database database;
  private static JdbcTemplate jdbc;

  private UUID run;

  @BeforeAll
  static void open() {
    database =
        Database.open(
            TestNode.settings(Postgres.create(), URI.create("http://127.0.0.1:9/"), Map.of()));
    jdbc = new JdbcTemplate(database.pool());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void aRun() {
    run = UUID.randomUUID();
    jdbc.update("insert into sync_jobs (id, job) values (?, 'upcoming-shows')", run);
  }

  private void request(int n, Integer parent, String state, Integer total) {
    jdbc.update(
        "insert into sync_requests (run_id, n, parent_n, source, record_kind, request, state, total)"
            + " values (?, ?, ?, 'ticketmaster', 'event', '{}', ?, ?)"
            + " on conflict (run_id, n) do update set state = excluded.state, total = excluded.total",
        run,
        n,
        parent,
        state,
        total);
  }

  private void page(int n, int page, int records) {
    jdbc.update(
        "insert into source_pages (run_id, source, record_kind, request_window, request_n, page, ids, changed)"
            + " select ?, 'ticketmaster', 'event', 'w', ?, ?, array_agg('e' || i), '{}' from generate_series(1, ?) i",
        run,
        n,
        page,
        records);
  }

  private double fraction() {
    return new Runs(database.pool()).progress(run).fraction();
  }

  @Test
  void aRunOfWhichNothingIsKnown_isNotBegun() {
    request(0, null, "planned", null);
    request(1, null, "running", null);
    assertThat(fraction()).isZero();

    request(0, null, "planned", 1000);
    page(0, 0, 200);
    assertThat(fraction()).as("one request has not said how much it holds").isZero();
  }

  @Test
  void requests_weighAsMuchAsTheyHold() {
    request(0, null, "planned", 900);
    page(0, 0, 450);
    request(1, null, "done", 100);
    page(1, 0, 100);

    assertThat(fraction()).isEqualTo(0.55, within(0.001));
  }

  @Test
  void aRequestThatIsCut_givesItsWeightToItsPartsAndMovesNothing() {
    request(0, null, "planned", 9000);
    request(1, null, "done", 1000);
    page(1, 0, 1000);
    double before = fraction();

    request(0, null, "split", 9000);
    request(2, 0, "planned", null);
    request(3, 0, "planned", null);
    assertThat(fraction()).isEqualTo(before, within(0.001));

    request(2, 0, "done", 100);
    page(2, 0, 100);
    assertThat(fraction()).isGreaterThan(before);
    request(3, 0, "done", 8000);
    page(3, 0, 8000);
    assertThat(fraction()).isEqualTo(1.0, within(0.001));
  }

  @Test
  void aRequestThatLedToOthers_isNotAllOfThem() {
    request(0, null, "done", 100);
    page(0, 0, 100);
    assertThat(fraction()).isEqualTo(1.0, within(0.001));

    request(1, 0, "planned", null);
    request(2, 0, "planned", null);
    request(3, 0, "planned", null);
    assertThat(fraction()).isEqualTo(0.25, within(0.001));
    request(1, 0, "done", 10);
    page(1, 0, 10);
    assertThat(fraction()).isEqualTo(0.5, within(0.001));
  }

  @Test
  void recordsThatAreStillLanded_areNotDone() {
    request(0, null, "done", 100);
    page(0, 0, 100);
    jdbc.update(
        "insert into source_records (source, record_kind, source_id, fingerprint, raw, run_id)"
            + " select 'ticketmaster', 'event', ? || i, decode(md5(i::text), 'hex'), '\\x00', ?"
            + " from generate_series(1, 25) i",
        run.toString(),
        run);

    Progress progress = new Runs(database.pool()).progress(run);
    assertThat(progress.applied()).isEqualTo(75);
    assertThat(progress.fraction()).isEqualTo(0.75, within(0.001));
  }

  @Test
  void aFailedRequest_isDoneWithAll() {
    request(0, null, "failed", null);
    request(1, null, "done", 10);
    page(1, 0, 10);

    assertThat(fraction()).isEqualTo(1.0, within(0.001));
  }

  @Test
  void aRunWhoseRequestsAllWaitForTomorrow_saysSo() {
    request(0, null, "done", 10);
    request(1, null, "planned", null);
    request(2, null, "running", null);
    jdbc.update(
        "update sync_requests set not_before = '2099-01-02 03:04Z', note = 'the day is spent' where run_id = ? and n = 1",
        run);
    assertThat(new Runs(database.pool()).progress(run).waitingFor()).isNull();

    request(2, null, "done", 10);

    assertThat(new Runs(database.pool()).progress(run).waitingFor())
        .isEqualTo("all that is left waits until 2099-01-02 03:04 UTC: the day is spent");
  }
}
