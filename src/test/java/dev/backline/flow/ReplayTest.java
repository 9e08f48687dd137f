package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.jobs.StoredRuns;
import dev.backline.land.Zstd;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Letters;
import dev.backline.store.Run;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What dead letters are good for: review, edit, replay (S20, S21, S71, S117). */
class ReplayTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Letters.Filter OPEN = new Letters.Filter("open", null, null);
  private static final int POISON = 3;
  private static final String CAUSE = "store: show_is_no_poison";

  private Sandbox sandbox;
  private TestNode node;
  private Letters letters;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 30));
    node =
        TestNode.start(
            Postgres.create(), sandbox.ticketmaster(), Map.of("fetch.request-attempts", "1"));
    letters = new Letters(node.database().pool());
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  /** A run that leaves three events dead, which are well again as soon as the rule goes. */
  private void poisoned() {
    sandbox.faults("poison=" + POISON);
    node.jdbc()
        .execute(
            "alter table shows add constraint show_is_no_poison check (name not like 'POISON %')");
    assertThat(node.sync("upcoming-shows").dead()).isEqualTo(POISON);
  }

  private void mend() {
    node.jdbc().execute("alter table shows drop constraint show_is_no_poison");
  }

  private Run replay(Long letter, String cause) throws IOException {
    Map<String, Long> records = letters.records(new Letters.Selection(letter, cause));
    return node.await(StoredRuns.replay(node.node(), letter, cause, records).run());
  }

  private List<Long> open() {
    return node.jdbc()
        .queryForList("select id from dead_letters where state = 'open' order by id", Long.class);
  }

  // --- Records ----------------------------------------------------------------------------------

  @Test
  void aLetter_saysWhatFailedWhereAndWhy() {
    poisoned();

    for (long id : open()) {
      Map<String, Object> letter = letters.find(id).orElseThrow();
      assertThat(letter)
          .containsEntry("route", "apply-transaction")
          .containsEntry("source", "ticketmaster")
          .containsEntry("kind", "event")
          .containsEntry("entity_kind", "show")
          .containsEntry("cause", CAUSE)
          .containsEntry("record_state", "dead")
          .containsEntry("attempts", 1);
      assertThat((String) letter.get("error")).contains("show_is_no_poison");
      assertThat((String) letter.get("payload")).contains("POISON").contains("\"id\"");
      assertThat(letter.get("run_id"))
          .isEqualTo(node.jdbc().queryForObject("select id from sync_jobs", UUID.class));
    }
  }

  @Test
  void aLetterOfAKnownEntity_namesIt() {
    node.sync("upcoming-shows");
    Map<String, Object> show =
        node.jdbc().queryForMap("select id, ticketmaster_id from shows order by id limit 1");
    node.jdbc()
        .execute("alter table shows add constraint nothing_passes check (name = '') not valid");
    node.jdbc()
        .update(
            "update source_records set state = 'landed' where source_id = ?",
            show.get("ticketmaster_id"));
    node.jdbc()
        .update(
            "update source_records set raw = ? where source_id = ?",
            renamed(show.get("ticketmaster_id").toString()),
            show.get("ticketmaster_id"));

    node.awaitNoneLanded();

    assertThat(node.jdbc().queryForMap("select entity_kind, entity_id from dead_letters"))
        .containsEntry("entity_kind", "show")
        .containsEntry("entity_id", show.get("id"));
  }

  private byte[] renamed(String id) {
    ObjectNode event = (ObjectNode) raw(id);
    return Zstd.compress(event.put("name", "Another name").toString().getBytes());
  }

  private JsonNode raw(String id) {
    byte[] raw =
        node.jdbc()
            .queryForObject("select raw from source_records where source_id = ?", byte[].class, id);
    try {
      return JSON.readTree(Zstd.decompress(raw));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void replayOfAllAfterTheCauseIsMended_storesTheRecordsAndClosesTheLetters() throws Exception {
    poisoned();
    mend();

    Run run = replay(null, null);

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(run.balanced()).isTrue();
    assertThat(run.fetched()).isEqualTo(POISON);
    assertThat(run.updated()).isEqualTo(POISON);
    assertThat(open()).isEmpty();
    assertThat(node.count("dead_letters where state = 'replayed'")).isEqualTo(POISON);
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
  }

  @Test
  void replayWithoutAMend_countsAnAttemptAndIsPartial() throws Exception {
    poisoned();

    Run run = replay(null, CAUSE);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.balanced()).isTrue();
    assertThat(run.dead()).isEqualTo(POISON);
    assertThat(node.count("dead_letters where state = 'open' and attempts = 2")).isEqualTo(POISON);
    assertThat(node.count("dead_letters")).isEqualTo(POISON);
    assertThat(node.count("source_records where state = 'dead' and attempts = 2"))
        .isEqualTo(POISON);
  }

  @Test
  void replayOfOneLetter_leavesTheOthers() throws Exception {
    poisoned();
    mend();
    List<Long> ids = open();

    Run run = replay(ids.get(0), null);

    assertThat(run.fetched()).isEqualTo(1);
    assertThat(open()).isEqualTo(ids.subList(1, ids.size()));
    assertThat(node.count("source_records where state = 'dead'")).isEqualTo(POISON - 1);
  }

  @Test
  void replayTwice_doesNoHarm() throws Exception {
    poisoned();
    mend();
    List<Long> ids = open();
    replay(ids.get(0), null);
    long shows = node.count("shows");

    Run again = replay(ids.get(0), null);

    assertThat(again.status()).isEqualTo("completed");
    assertThat(again.fetched()).isZero();
    assertThat(node.count("shows")).isEqualTo(shows);
    assertThat(open()).hasSize(POISON - 1);
  }

  @Test
  void replayAskedForTwiceAtOnce_isOneRun() throws Exception {
    poisoned();
    Map<String, Long> records = letters.records(new Letters.Selection(null, null));

    StoredRuns.Started first = StoredRuns.replay(node.node(), null, null, records);
    StoredRuns.Started second = StoredRuns.replay(node.node(), null, null, records);

    if (second.joined()) {
      assertThat(second.run()).isEqualTo(first.run());
    }
    assertThat(node.await(first.run()).balanced()).isTrue();
    assertThat(node.await(second.run()).balanced()).isTrue();
    assertThat(open()).hasSize(POISON);
  }

  // --- Edited records ---------------------------------------------------------------------------

  private void edit(long id, String name) {
    Map<String, Object> letter = letters.find(id).orElseThrow();
    ObjectNode event = (ObjectNode) raw((String) letter.get("source_id"));
    String payload = event.put("name", name).toString();
    assertThat(
            letters.edit(
                id, (byte[]) letter.get("fingerprint"), Zstd.compress(payload.getBytes()), payload))
        .isEqualTo(Letters.Outcome.DONE);
  }

  private String name(String id) {
    return node.jdbc()
        .queryForObject("select name from shows where ticketmaster_id = ?", String.class, id);
  }

  @Test
  void anEditedLetter_isAppliedAsEditedAndTheUnchangedSourceDoesNotUndoIt() throws Exception {
    poisoned();
    long letter = open().get(0);
    String record = (String) letters.find(letter).orElseThrow().get("source_id");
    edit(letter, "Mended by hand");

    assertThat(replay(letter, null).status()).isEqualTo("completed");
    assertThat(name(record)).isEqualTo("Mended by hand");

    node.sync("upcoming-shows");
    assertThat(name(record)).isEqualTo("Mended by hand");
  }

  @Test
  void aNewerVersionOfTheSource_winsOverAnEdit() throws Exception {
    poisoned();
    long letter = open().get(0);
    String record = (String) letters.find(letter).orElseThrow().get("source_id");
    edit(letter, "Mended by hand");
    replay(letter, null);
    sandbox.faults("");

    node.sync("upcoming-shows");

    assertThat(name(record)).doesNotContain("POISON").isNotEqualTo("Mended by hand");
  }

  @Test
  void anEditOfWhatIsNotDead_changesNothing() throws Exception {
    poisoned();
    mend();
    long id = open().get(0);
    Map<String, Object> letter = letters.find(id).orElseThrow();
    byte[] fingerprint = (byte[]) letter.get("fingerprint");
    byte[] raw = (byte[]) letter.get("raw");
    node.jdbc().update("update source_records set state = 'landed' where state = 'dead'");
    assertThat(letters.edit(id, fingerprint, Zstd.compress("{}".getBytes()), "{}"))
        .isIn(Letters.Outcome.MOVED_ON, Letters.Outcome.CLOSED);
    node.awaitNoneLanded();
    assertThat(letters.edit(id, fingerprint, Zstd.compress("{}".getBytes()), "{}"))
        .isEqualTo(Letters.Outcome.CLOSED);
    assertThat(letters.find(id).orElseThrow().get("raw")).isEqualTo(raw);
  }

  // --- Discarded --------------------------------------------------------------------------------

  @Test
  void aDiscardedLetter_isOutOfTheListAndItsRecordStaysDead() throws Exception {
    poisoned();
    mend();
    long id = open().get(0);

    assertThat(letters.discard(id)).isEqualTo(Letters.Outcome.DONE);
    assertThat(letters.discard(id)).isEqualTo(Letters.Outcome.CLOSED);
    replay(null, null);

    assertThat(open()).isEmpty();
    assertThat(node.count("dead_letters where state = 'discarded'")).isEqualTo(1);
    assertThat(node.count("source_records where state = 'dead'")).isEqualTo(1);
    assertThat(letters.groups(new Letters.Filter("discarded", null, null), 10)).hasSize(1);
    assertThat(letters.groups(OPEN, 10)).isEmpty();
  }

  // --- Requests ---------------------------------------------------------------------------------

  @Test
  void replayOfRequests_plansThemAgainInARunOfTheirJobAndClosesTheirLetters() {
    sandbox.faults("status=404");
    assertThat(node.sync("upcoming-shows").status()).isEqualTo("failed");
    assertThat(node.jdbc().queryForList("select distinct upstream_status from dead_letters"))
        .containsExactly(Map.of("upstream_status", 404));
    assertThat(node.jdbc().queryForList("select distinct route from dead_letters", String.class))
        .containsExactly("fetch");
    assertThat(
            node.count(
                "dead_letters d join sync_requests r on r.run_id = d.run_id"
                    + " and d.source_id = r.run_id || '/' || r.n"))
        .isEqualTo(open().size());
    sandbox.faults("");

    List<UUID> runs = StoredRuns.replan(node.node(), null, null, List.of("ticketmaster"));

    assertThat(open()).isEmpty();
    assertThat(runs).hasSize(1);
    Run run = node.await(runs.get(0));
    assertThat(run.job()).isEqualTo("upcoming-shows");
    assertThat(run.status()).isEqualTo("completed");
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
    assertThat(StoredRuns.replan(node.node(), null, null, List.of("ticketmaster"))).isEmpty();
  }

  // --- Listing ----------------------------------------------------------------------------------

  @Test
  void letters_areGroupedByCauseWithTheNewestAsExample() {
    poisoned();
    node.jdbc()
        .update(
            "insert into dead_letters (route, source, record_kind, source_id, cause, error, last_failed)"
                + " select 'r', 's', 'k', i::text, 'a cause', 'error ' || i, now() + i * interval '1 hour'"
                + " from generate_series(1, 5) i");

    List<Map<String, Object>> groups = letters.groups(OPEN, 10);

    assertThat(groups).hasSize(2);
    assertThat(groups.get(0))
        .containsEntry("cause", "a cause")
        .containsEntry("letters", 5L)
        .containsEntry("example", "error 5");
    assertThat(groups.get(1)).containsEntry("cause", CAUSE).containsEntry("letters", 3L);
    assertThat(letters.of("a cause", OPEN, null, 2))
        .extracting(row -> row.get("error"))
        .containsExactly("error 5", "error 4");
  }
}
