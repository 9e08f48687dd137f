package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.store.Runs;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source can do to us, and what must be true afterwards (S18, S19, S20, S38, S39, S45). */
class SourceFaultsTest {
  private Sandbox sandbox;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(11, 60));
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
    sandbox.close();
  }

  private TestNode node(Map<String, String> more) {
    node = TestNode.start(Postgres.create(), sandbox.ticketmaster(), more);
    return node;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=500%30",
        "status=502@2",
        "status=503*2",
        "status=504@1",
        "status=408@3",
        "status=429@2,retry-after=1@2",
        "status=429@2,retry-after=0@2",
        "reset=5000@2",
        "empty@2",
        "array@2",
        "error-200@3",
        "html-200@2",
        "wrong-length@2",
        "truncated-gzip@2",
        "slow=3000@2"
      })
  void aPassingFault_costsNothing(String faults) {
    node(Map.of("ticketmaster.page-size", "100"));
    sandbox.faults(faults);

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
    assertThat(node.count("dead_letters where state = 'open'")).isZero();
  }

  @Test
  void aSourceThatStaysDown_failsTheRunAndLeavesALetterForEachRequest() {
    node(Map.of("fetch.retries", "1"));
    sandbox.faults("status=503");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.error()).contains("requests failed").contains("503");
    assertThat(node.count("dead_letters where record_kind = 'request'")).isEqualTo(3);
    assertThat(node.count("shows")).isZero();
  }

  @Test
  void aWrongKey_failsAtOnceAndSaysWhichSettingToMend() {
    node(Map.of("ticketmaster.api-key", "wrong-key"));

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.error())
        .contains("401")
        .contains("TICKETMASTER_API_KEY")
        .doesNotContain("wrong-key");
    assertThat(sandbox.ledger().calls()).isEqualTo(1);
  }

  @Test
  void aLongRetryAfter_parksTheSourceAndHoldsNoThread() {
    node(Map.of());
    sandbox.faults("status=429@1,retry-after=79892@1");

    UUID run = node.begin("upcoming-shows");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                node.count("source_quota where blocked_until > now() + interval '22 hours'") == 1);

    assertThat(sandbox.ledger().calls()).isEqualTo(1);
    assertThat(node.count("sync_requests where state = 'running'")).isZero();
    node.jdbc().update("update source_quota set blocked_until = null");
    node.jdbc().update("update sync_requests set not_before = now()");
    assertThat(node.await(run).status()).isEqualTo("completed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status=429@1", "status=429@1,retry-after=garbage@1"})
  void aQuotaFaultWithoutAUsablePause_parksTheSourceForAnHour(String faults) {
    node(Map.of());
    sandbox.faults(faults);

    node.begin("upcoming-shows");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                node.count("source_quota where blocked_until > now() + interval '50 minutes'")
                    == 1);

    assertThat(node.jdbc().queryForObject("select reason from source_quota", String.class))
        .contains("QuotaViolation")
        .doesNotContain(TestNode.KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ms+7200", "s+7200"})
  void aSpentQuotaThatSaysWhenItsDayEnds_parksTheSourceUntilThen(String reset) {
    node(Map.of());
    sandbox.faults("status=429@1,rate-limit-reset=" + reset + "@1");

    node.begin("upcoming-shows");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                node.count(
                        "source_quota where blocked_until between now() + interval '118 minutes'"
                            + " and now() + interval '120 minutes'")
                    == 1);

    assertThat(sandbox.ledger().calls()).isEqualTo(1);
  }

  @Test
  void aPause_outlivesTheProcess() throws Exception {
    String database = Postgres.create();
    sandbox.faults("status=429@1,retry-after=79892@1");
    try (TestNode first = TestNode.start(database, sandbox.ticketmaster(), Map.of())) {
      first.begin("upcoming-shows");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> first.count("source_quota where blocked_until > now()") == 1);
    }

    node = TestNode.start(database, sandbox.ticketmaster(), Map.of());
    UUID second = node.begin("upcoming-shows", "country=DE");

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> new Runs(node.database().pool()).progress(second).waitingFor() != null);
    assertThat(new Runs(node.database().pool()).progress(second).waitingFor())
        .contains("ticketmaster is parked until")
        .contains("429");
    assertThat(node.count("sync_requests where state = 'running'")).isZero();
    assertThat(sandbox.ledger().calls()).isEqualTo(1);
  }

  @Test
  void aSourceInTrouble_opensItsBreakerWhichStatusShowsAndTheRunGoesOnAfterwards() {
    node(Map.of("fetch.retries", "12", "fetch.longest-wait", "50", "ticketmaster.page-size", "50"));
    sandbox.faults("status=503*10");

    UUID run = node.begin("upcoming-shows");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> node.count("source_quota where breaker = 'open'") == 1);

    assertThat(node.await(run).status()).isEqualTo("completed");
    assertThat(node.count("source_quota where breaker = 'closed' and breaker_since is not null"))
        .isEqualTo(1);
    assertThat(node.count("dead_letters")).isZero();
  }

  @Test
  void aSpentDay_stopsCallsBeforeTheyLeave() {
    node(
        Map.of(
            "ticketmaster.rate-limit-per-day", "2",
            "quota.reserve-percent", "0",
            "ticketmaster.page-size", "50"));

    node.begin("upcoming-shows");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> node.count("sync_requests where note like '%daily limit of 2 calls%'") > 0);

    assertThat(sandbox.ledger().calls()).isEqualTo(2);
  }

  @Test
  void reserveOfTheDay_isLeftForWhatIsAskedForOnDemand() {
    node(
        Map.of(
            "ticketmaster.rate-limit-per-day", "4",
            "quota.reserve-percent", "50",
            "ticketmaster.page-size", "50"));

    node.begin("upcoming-shows");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> node.count("sync_requests where note like '%only the reserve%'") > 0);
    assertThat(sandbox.ledger().calls()).isEqualTo(2);

    Run onDemand = node.sync("lookup", "attraction=K0");
    assertThat(onDemand.status()).as(onDemand.toString()).isEqualTo("completed");
    assertThat(sandbox.ledger().calls()).isEqualTo(3);
  }

  @Test
  void recordsThatTheDatabaseRefuses_standAloneInTheDeadLetters() {
    node(Map.of());
    sandbox.faults("poison=3");
    node.jdbc()
        .execute(
            "alter table shows add constraint show_is_no_poison check (name not like 'POISON %')");

    Run run = node.sync("upcoming-shows");

    List<String> poison = marked("poison");
    assertThat(poison).hasSize(3);
    assertThat(run.status()).isEqualTo("partial");
    assertThat(run.balanced()).isTrue();
    assertThat(run.dead()).isEqualTo(3);
    assertThat(
            node.jdbc()
                .queryForList(
                    "select source_id from dead_letters where state = 'open'", String.class))
        .containsExactlyInAnyOrderElementsOf(poison);
    assertThat(node.jdbc().queryForList("select distinct cause from dead_letters", String.class))
        .containsExactly("store: show_is_no_poison");
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size() - 3);
    assertThat(
            node.count("source_records where state = 'dead' and error like '%show_is_no_poison%'"))
        .isEqualTo(3);
  }

  @Test
  void aLetterIsClosed_whenItsRecordSucceeds() {
    node(Map.of());
    sandbox.faults("poison=2");
    node.jdbc()
        .execute(
            "alter table shows add constraint show_is_no_poison check (name not like 'POISON %')");
    node.sync("upcoming-shows");
    node.jdbc().execute("alter table shows drop constraint show_is_no_poison");
    sandbox.faults("");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("completed");
    assertThat(node.count("dead_letters where state = 'open'")).isZero();
    assertThat(node.count("dead_letters where state = 'replayed'")).isEqualTo(2);
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
  }

  @Test
  void recordsThatCannotBeRead_costThemselves() {
    node(Map.of());
    sandbox.faults("garbage=3");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("partial");
    assertThat(run.balanced()).isTrue();
    assertThat(run.dead() + run.rejected()).isEqualTo(3);
    assertThat(
            node.jdbc()
                .queryForList(
                    "select source_id from source_records where state in ('dead', 'rejected') and error like 'dates%'",
                    String.class))
        .containsExactlyInAnyOrderElementsOf(marked("garbage"));
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size() - 3);
  }

  @Test
  void aBadPrice_costsThePriceAlone() {
    node(Map.of());
    sandbox.faults("bad-price=5");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("completed");
    List<String> spoiled = marked("bad_price");
    assertThat(spoiled).hasSize(5);
    for (String id : spoiled) {
      Map<String, Object> show =
          node.jdbc().queryForMap("select * from shows where ticketmaster_id = ?", id);
      assertThat(show.get("price_min")).isNull();
      assertThat(show.get("local_date")).isNotNull();
    }
  }

  @Test
  void textThatPostgresCannotStore_isRejectedWithAReason() {
    node(Map.of());
    sandbox.faults("hostile=4");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("partial");
    assertThat(run.rejected()).isEqualTo(4);
    assertThat(
            node.jdbc()
                .queryForList(
                    "select source_id from source_records where state = 'rejected' and error like '%name%'",
                    String.class))
        .containsExactlyInAnyOrderElementsOf(marked("hostile"));
    assertThat(node.count("dead_letters")).isZero();
  }

  @Test
  void theSameIdTwiceInAPage_isOneRecord() {
    node(Map.of());
    sandbox.faults("duplicate");

    Run run = node.sync("upcoming-shows");

    assertThat(run.balanced()).isTrue();
    assertThat(node.count("shows")).isEqualTo(Truth.shows(sandbox).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-page", "cycle", "totals"})
  void pagingThatLies_endsAllTheSame(String fault) {
    node(Map.of("ticketmaster.page-size", "50"));
    sandbox.faults(fault);

    Run run = node.sync("upcoming-shows");

    assertThat(run.ended()).isTrue();
    assertThat(run.balanced()).isTrue();
  }

  @Test
  void aBodyOverTheLimit_isRefusedWhileItArrives() {
    node(Map.of("fetch.largest-body-mb", "3", "fetch.request-attempts", "1"));
    sandbox.faults("big=20@1");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isIn("partial", "failed");
    assertThat(node.jdbc().queryForList("select error from dead_letters", String.class))
        .singleElement()
        .asString()
        .contains("more than 3 MB");
  }

  @Test
  void aRedirectToAnotherHost_isNotFollowed() {
    node(Map.of("fetch.request-attempts", "1"));
    sandbox.faults("redirect=http://169.254.169.254/latest@1");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("partial");
    assertThat(node.jdbc().queryForList("select error from dead_letters", String.class))
        .singleElement()
        .asString()
        .contains("redirects to http://169.254.169.254/latest")
        .contains("TICKETMASTER_BASE_URL");
  }

  @Test
  void aRedirectWithinTheApi_isFollowedAndCounted() {
    node(Map.of());
    sandbox.faults("redirect=self@1");

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("completed");
    assertThat(node.jdbc().queryForObject("select used from source_quota", Long.class))
        .isEqualTo(sandbox.ledger().calls());
  }

  @Test
  void aRedirectLoop_endsAndSaysSo() {
    node(Map.of("fetch.request-attempts", "1"));
    sandbox.faults("redirect=self");

    Run run = node.sync("upcoming-shows", "country=DE");

    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.error()).contains("redirects on and on").doesNotContain(TestNode.KEY);
  }

  @Test
  void aSourceThatIsNotThere_failsTheRunWithOneLine() {
    node =
        TestNode.start(
            Postgres.create(), URI.create("http://127.0.0.1:9/"), Map.of("fetch.retries", "1"));

    Run run = node.sync("upcoming-shows");

    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.error()).contains("refused").doesNotContain("\n").doesNotContain(TestNode.KEY);
  }

  private List<String> marked(String mark) {
    return Truth.of(sandbox, "event").stream()
        .filter(e -> e.path(mark).asBoolean())
        .map((JsonNode e) -> e.get("id").asText())
        .toList();
  }
}
