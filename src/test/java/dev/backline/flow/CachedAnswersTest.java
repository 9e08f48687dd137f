package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backline.sandbox.Sandbox;
import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.Http;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that people wait for are given again, until they are old or a write changes them. */
class CachedAnswersTest {
  private static final String ARTIST = "0aBcDeFgHiJkLmNoPqRsTu";

  /** Names of attractions by id, as the API tells them. */
  private final Map<String, String> names =
      new ConcurrentHashMap<>(Map.of("K1", "Ada", "K2", "Bea"));

  private volatile String more = "";
  private volatile int status = 200;
  private FakeApi api;
  private String database;

  @BeforeEach
  void start() {
    api = FakeApi.start(call -> new Answer(status, status == 200 ? attractions(call) : "{}"));
    database = Postgres.create();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private String attractions(FakeApi.Call call) {
    String ids = call.target().replaceAll(".*[?&]id=([^&]*).*", "$1").replace("%2C", ",");
    String all =
        Arrays.stream(ids.split(","))
            .filter(names::containsKey)
            .map(
                id ->
                    """
                    {"id": "%s", "type": "attraction", "name": "%s", "more": "%s",
                     "classifications": [{"primary": true, "segment": {"id": "KZFzniwnSyZfZ7v7nJ", "name": "Music"}}]}"""
                        .formatted(id, names.get(id), more))
            .collect(Collectors.joining(","));
    return "{\"_embedded\": {\"attractions\": [%s]}, \"page\": {\"size\": 200, \"totalElements\": %d, \"totalPages\": 1, \"number\": 0}}"
        .formatted(all, ids.split(",").length);
  }

  private TestNode node(String... settings) {
    Map<String, String> more =
        Arrays.stream(settings)
            .map(each -> each.split("="))
            .collect(Collectors.toMap(each -> each[0], each -> each[1]));
    return TestNode.start(database, api.at("/"), more);
  }

  private static Run lookUp(TestNode node, String ids) {
    Run run = node.sync("lookup", "attraction=" + ids);
    assertThat(run.status()).as(run.toString()).isEqualTo("completed");
    return run;
  }

  private static String name(TestNode node, String id) {
    return node.jdbc()
        .queryForObject("select name from artists where ticketmaster_id = ?", String.class, id);
  }

  // --- Given again ------------------------------------------------------------------------------

  @Test
  void sameRequestInsideTheTime_leavesTheProcessOnce_alsoAfterARestart() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(23, 40))) {
      String id;
      try (TestNode full = TestNode.start(sandbox.ticketmaster())) {
        full.sync("popular-tours");
        id =
            full.jdbc()
                .queryForObject(
                    "select min(source_id) from source_records where record_kind = 'attraction'",
                    String.class);
      }
      sandbox.ledger().reset();
      try (TestNode node = TestNode.start(database, sandbox.ticketmaster(), Map.of())) {
        for (int time = 0; time < 3; time++) {
          Run run = lookUp(node, id);
          assertThat(run.fetched()).isEqualTo(1);
          assertThat(run.unchanged()).isEqualTo(time == 0 ? 0 : 1);
        }
        assertThat(sandbox.ledger().calls()).isEqualTo(1);
      }
      try (TestNode again = TestNode.start(database, sandbox.ticketmaster(), Map.of())) {
        assertThat(lookUp(again, id).unchanged()).isEqualTo(1);

        assertThat(sandbox.ledger().calls()).isEqualTo(1);
        assertThat(again.jdbc().queryForObject("select used from source_quota", Long.class))
            .as("a hit counts no call")
            .isEqualTo(1);
      }
    }
  }

  @Test
  void hitsAndMisses_ofEachLevelAreCounted() throws Exception {
    try (TestNode node = TestNode.serve(database, api.at("/"), Map.of("cache.trust-delay", "0"))) {
      for (int time = 0; time < 4; time++) {
        lookUp(node, "K1");
      }

      String metrics = new Http(node.node().ports().management()).get("/observe/metrics").body();
      assertThat(metrics.lines().filter(line -> line.startsWith("backline_cache")).toList())
          .anySatisfy(line -> assertCounted(line, "memory", "miss", 2))
          .anySatisfy(line -> assertCounted(line, "memory", "hit", 2))
          .anySatisfy(line -> assertCounted(line, "database", "miss", 1))
          .anySatisfy(line -> assertCounted(line, "database", "hit", 1));
    }
    assertThat(api.calls()).hasSize(1);
  }

  private static void assertCounted(String line, String level, String result, int times) {
    assertThat(line)
        .startsWith("backline_cache_total{")
        .contains("level=\"" + level + "\"", "result=\"" + result + "\"")
        .endsWith("} " + times + ".0");
  }

  @Test
  void withTheSourceDownParkedOrSpent_isAnsweredAllTheSame() {
    try (TestNode node = node("fetch.request-attempts=1")) {
      lookUp(node, "K1");
      status = 503;
      node.jdbc()
          .update(
              "update source_quota set used = daily_limit, reason = 'parked',"
                  + " blocked_until = now() + interval '1 hour'");

      assertThat(lookUp(node, "K1").unchanged()).isEqualTo(1);
      assertThat(api.calls()).hasSize(1);

      // What is not cached does not leave: it waits.
      node.begin("lookup", "attraction=K2");
      org.awaitility.Awaitility.await()
          .until(
              () -> node.count("sync_requests where note = 'parked' and state = 'planned'") == 1);
      assertThat(api.calls()).hasSize(1);
    }
  }

  @Test
  void whatSchedulesFetch_isNeitherKeptNorAnsweredFromTheCache() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(5, 10));
        TestNode node = TestNode.start(database, sandbox.ticketmaster(), Map.of())) {
      node.sync("upcoming-shows");
      long calls = sandbox.ledger().calls();
      node.sync("upcoming-shows");

      assertThat(sandbox.ledger().calls()).isEqualTo(2 * calls);
      assertThat(node.count("cached_answers")).isZero();
    }
  }

  // --- Dropped ----------------------------------------------------------------------------------

  @Test
  void recordThatLandsInAnotherVersion_dropsTheAnswersThatShowItAndNotTheOneThatBroughtIt() {
    try (TestNode node = node("cache.trust-delay=0")) {
      lookUp(node, "K1");
      lookUp(node, "K2");
      names.put("K1", "Ada and the Others");

      lookUp(node, "K1,K2");
      assertThat(name(node, "K1")).isEqualTo("Ada and the Others");
      assertThat(api.calls()).hasSize(3);
      lookUp(node, "K1,K2");
      lookUp(node, "K2");
      assertThat(api.calls()).as("kept: its own answer, and one that shows nothing new").hasSize(3);

      lookUp(node, "K1");
      assertThat(api.calls()).as("dropped").hasSize(4);
    }
  }

  @Test
  void changeOnOneNode_isSeenByTheMemoryOfTheOther() {
    try (TestNode one = node("cache.trust-delay=0");
        TestNode two = node("cache.trust-delay=0")) {
      both(one, two, "K1");
      assertThat(api.calls()).hasSize(1);
      names.put("K1", "Ada and the Others");
      both(one, two, "K1,K2");
      assertThat(api.calls()).hasSize(2);

      both(one, two, "K1");
      assertThat(api.calls()).hasSize(3);
      assertThat(name(one, "K1")).isEqualTo("Ada and the Others");
    }
  }

  /** So often that each of two nodes, whichever takes the request, has had it in memory. */
  private static void both(TestNode one, TestNode two, String ids) {
    for (int time = 0; time < 4; time++) {
      lookUp(time % 2 == 0 ? one : two, ids);
    }
  }

  @Test
  void memoryThatIsBehind_changesNothingThatHasChangedSince() {
    String old = "cache.trust-delay=3600000";
    try (TestNode node = node(old)) {
      lookUp(node, "K1");
      lookUp(node, "K1"); // now in memory
      names.put("K1", "Ada and the Others");
      lookUp(node, "K1,K2");
      assertThat(api.calls()).hasSize(2);

      Run run = lookUp(node, "K1");

      assertThat(api.calls()).as("answered by memory").hasSize(2);
      assertThat(run.unchanged()).isEqualTo(1);
      assertThat(name(node, "K1")).isEqualTo("Ada and the Others");
    }
  }

  @Test
  void expiredAnswer_isAskedForAgain_andCleanupDeletesIt() {
    try (TestNode node = node("cache.stored-seconds=0")) {
      lookUp(node, "K1");
      lookUp(node, "K1");
      assertThat(api.calls()).hasSize(2);

      node.jdbc().update("update cached_answers set expires_at = now() - interval '23 hours'");
      node.sync("cleanup");
      assertThat(node.count("cached_answers")).isEqualTo(1);
      node.jdbc().update("update cached_answers set expires_at = now() - interval '25 hours'");
      node.sync("cleanup");
      assertThat(node.count("cached_answers")).isZero();
    }
  }

  // --- Not kept ---------------------------------------------------------------------------------

  @Test
  void largeAnswer_isNotKept() {
    try (TestNode node = node()) {
      more = "x".repeat(65_000);
      lookUp(node, "K1");
      assertThat(node.count("cached_answers")).as("just below 64 KB").isEqualTo(1);
      more = "x".repeat(66_000);
      lookUp(node, "K2");
      lookUp(node, "K2");

      assertThat(node.count("cached_answers")).isEqualTo(1);
      assertThat(api.calls()).hasSize(3);
    }
  }

  @Test
  void keys_areNotInTheCache_andAnAnswerThatTellsOneIsNotKept() {
    try (TestNode node = node()) {
      lookUp(node, "K1");
      assertThat(node.jdbc().queryForObject("select request from cached_answers", String.class))
          .isEqualTo("attractions.json?id=K1&size=200&page=0");
      assertThat(
              node.count("cached_answers where cached_answers::text like '%" + TestNode.KEY + "%'"))
          .isZero();

      more = TestNode.KEY;
      lookUp(node, "K2");
      assertThat(node.count("cached_answers")).isEqualTo(1);
    }
  }

  @Test
  void answerThatIsNoPage_isNotKept() {
    try (FakeApi broken = FakeApi.start(call -> Answer.of("{\"fault\": \"x\"}"));
        TestNode node =
            TestNode.start(database, broken.at("/"), Map.of("fetch.request-attempts", "2"))) {
      assertThat(node.sync("lookup", "attraction=K1").status()).isEqualTo("failed");

      assertThat(node.count("cached_answers")).isZero();
      assertThat(broken.calls()).hasSize(2);
    }
  }

  // --- Conditional requests ---------------------------------------------------------------------

  private TestNode spotify(FakeApi spotify, String seconds) {
    return TestNode.start(
        database,
        URI.create("http://127.0.0.1:9/"),
        Map.of(
            "ticketmaster.api-key", "",
            "spotify.base-url", spotify.at("/v1/").toString(),
            "spotify.token-url", spotify.at("/token").toString(),
            "spotify.client-id", "id",
            "spotify.client-secret", "a-canary-secret",
            "spotify.rate-limit-per-second", "1000",
            "cache.stored-seconds", seconds));
  }

  private static Answer artist(FakeApi.Call call) {
    if (call.method().equals("POST")) {
      return Answer.of("{\"access_token\": \"t\", \"expires_in\": 3600}");
    }
    Map<String, String> tag = Map.of("ETag", "\"one\"");
    return "\"one\"".equals(call.header("If-None-Match"))
        ? new Answer(304, "", tag)
        : new Answer(
            200,
            "{\"id\": \"%s\", \"type\": \"artist\", \"name\": \"Ada\"}".formatted(ARTIST),
            tag);
  }

  @Test
  void expiredAnswer_isRenewedWhereTheSourceSaysThatItHolds() {
    try (FakeApi spotify = FakeApi.start(CachedAnswersTest::artist)) {
      try (TestNode node = spotify(spotify, "0")) {
        assertThat(node.sync("lookup", "artist=" + ARTIST).inserted()).isEqualTo(1);
        Object first = node.jdbc().queryForMap("select fetched_at from cached_answers");

        assertThat(node.sync("lookup", "artist=" + ARTIST).unchanged()).isEqualTo(1);

        assertThat(spotify.calls())
            .extracting(FakeApi.Call::method)
            .containsExactly("POST", "GET", "GET");
        assertThat(spotify.calls().get(1).header("If-None-Match")).isNull();
        assertThat(spotify.calls().get(2).header("If-None-Match")).isEqualTo("\"one\"");
        assertThat(node.jdbc().queryForObject("select used from source_quota", Long.class))
            .as("the question is a call")
            .isEqualTo(3);
        assertThat(node.jdbc().queryForMap("select fetched_at from cached_answers"))
            .isNotEqualTo(first);
        node.jdbc().update("update cached_answers set expires_at = now() + interval '1 hour'");
      }
      try (TestNode node = spotify(spotify, "3600")) {
        assertThat(node.sync("lookup", "artist=" + ARTIST).unchanged()).isEqualTo(1);
        assertThat(spotify.calls()).hasSize(3);
      }
    }
  }
}
