package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.FakeApi.Call;
import dev.backline.testkit.Landed;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * setlist.fm, from the catalogue's artists to landed records: what is asked, and how it is read.
 */
class SetlistsTest {
  private static final String KEY = "canary-setlistfm-7f3a9b";
  private static final String MBID = "3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab";
  private static final String NOT_FOUND =
      "{\"timestamp\":1507422307666,\"status\":404,\"error\":\"Not Found\",\"message\":\"Not Found\",\"path\":\"/1.0/x\"}";
  private static final String NOT_FOUND_AS_DOCUMENTED =
      "{\"code\":404,\"status\":\"Not Found\",\"message\":\"unknown mbid\",\"timestamp\":\"2026-01-01\"}";

  private static TestNode node(FakeApi api) {
    return TestNode.start(
        Postgres.create(),
        URI.create("http://127.0.0.1:1/"),
        Map.of(
            "setlistfm.base-url",
            api.at("/rest/1.0/").toString(),
            "setlistfm.api-key",
            KEY,
            "setlistfm.rate-limit-per-second",
            "1000"));
  }

  private static String setlist(String id, String day) {
    return """
        {"id":"%s","versionId":"7b1","eventDate":"%s","lastUpdated":"2026-03-14T09:26:53.000+0000",
         "artist":{"mbid":"%s","name":"Ada"},"venue":{"id":"v1","name":"Kaleva Hall","city":{"name":"Oulu"}},
         "sets":{"set":[{"song":[{"name":"One"}]}]},"url":"https://www.setlist.example/%s"}"""
        .formatted(id, day, MBID, id);
  }

  private static Answer page(int page, int total, String kind, String... records) {
    return Answer.of(
        "{\"type\":\"%ss\",\"itemsPerPage\":20,\"page\":%d,\"total\":%d,\"%s\":[%s]}"
            .formatted(kind, page, total, kind, String.join(",", records)));
  }

  private static List<String> ids(TestNode node, String kind) {
    return node.jdbc()
        .queryForList(
            "select source_id from source_records where source = 'setlistfm' and record_kind = ? order by 1",
            String.class,
            kind);
  }

  @Test
  void setlistsOfAnArtist_areReadPageByPageAndThenOnlyWhatHasChanged() {
    try (FakeApi api =
            FakeApi.start(
                call ->
                    call.path().endsWith("/search/setlists")
                        ? new Answer(404, NOT_FOUND)
                        : call.target().endsWith("?p=1")
                            ? page(1, 21, "setlist", setlist("s1", "20-11-2026"))
                            : page(2, 21, "setlist", setlist("s2", "19-11-2026")));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);

      Run first = node.sync("historical-setlists");

      assertThat(first.status()).as(first.toString()).isEqualTo("completed");
      assertThat(api.targets())
          .containsExactly(
              "/rest/1.0/artist/" + MBID + "/setlists?p=1",
              "/rest/1.0/artist/" + MBID + "/setlists?p=2");
      assertThat(ids(node, "setlist")).containsExactly("s1", "s2");
      assertThat(ids(node, "artist")).containsExactly(MBID);
      assertThat(ids(node, "venue")).containsExactly("v1");

      node.jdbc().update("update artist_syncs set synced_at = timestamptz '2026-11-20 10:11:12Z'");
      Run second = node.sync("historical-setlists", "years=3");

      assertThat(second.status()).as(second.toString()).isEqualTo("completed");
      assertThat(api.targets())
          .last()
          .isEqualTo(
              "/rest/1.0/search/setlists?artistMbid=" + MBID + "&lastUpdated=20261120101112&p=1");
    }
  }

  /** S86: what nobody tells of is not asked for again and again, and is not taken for known. */
  @Test
  void pastShowWithoutASetlist_hasAnEmptyOneUntilItIsKnown() throws JsonProcessingException {
    AtomicReference<Answer> served = new AtomicReference<>(new Answer(404, NOT_FOUND));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    LocalDate lately = today.minusDays(300);
    try (FakeApi api = FakeApi.start(call -> served.get());
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);
      Landed.record(
          node,
          "ticketmaster",
          "venue",
          "t1",
          "{\"id\":\"t1\",\"name\":\"Kaleva Hall\",\"city\":{\"name\":\"Oulu\"}}");
      event(node, "lately", lately, "offsale");
      event(node, "cancelled", lately.minusDays(1), "cancelled");
      event(node, "long-ago", today.minusYears(2).minusDays(1), "offsale");
      event(node, "to-come", today.plusDays(2), "onsale");

      Run first = node.sync("historical-setlists");

      assertThat(told(first)).isEqualTo("{\"artists\":1,\"placeholders\":1,\"syncedSetlists\":0}");
      assertThat(setlists(node)).containsExactly("lately not known");
      assertThat(told(node.sync("historical-setlists", "artist=Ada")))
          .as("the second time there is nothing to do")
          .isEqualTo("{\"artists\":1,\"placeholders\":0,\"syncedSetlists\":0}");

      String day = lately.format(DateTimeFormatter.ofPattern("dd-MM-yyyy"));
      served.set(page(1, 1, "setlist", setlist("s1", day)));
      Run second = node.sync("historical-setlists", "artist=Ada");

      assertThat(told(second)).isEqualTo("{\"artists\":1,\"placeholders\":0,\"syncedSetlists\":1}");
      assertThat(setlists(node)).containsExactly("lately known");
    }
  }

  private static String told(Run run) throws JsonProcessingException {
    return new ObjectMapper().readTree(run.result()).path("setlists").toString();
  }

  private static void event(TestNode node, String id, LocalDate day, String status) {
    String artist =
        node.jdbc()
            .queryForObject(
                "select source_id from source_records where record_kind = 'attraction'",
                String.class);
    Landed.record(
        node,
        "ticketmaster",
        "event",
        id,
        """
        {"id":"%s","name":"Ada","dates":{"start":{"localDate":"%s"},"status":{"code":"%s"}},
         "classifications":[{"segment":{"id":"KZFzniwnSyZfZ7v7nJ","name":"Music"}}],
         "_embedded":{"venues":[{"id":"t1","name":"Kaleva Hall"}],"attractions":[{"id":"%s","name":"Ada"}]}}"""
            .formatted(id, day, status, artist));
  }

  private static List<String> setlists(TestNode node) {
    return node.jdbc()
        .queryForList(
            "select s.ticketmaster_id || case when l.known then ' known' else ' not known' end"
                + " from setlists l join shows s on s.id = l.show_id order by 1",
            String.class);
  }

  @Test
  void mbidThatIsAnsweredByAnother_leadsThereAndTheArtistIsOne() {
    String joined = "bbbbbbbb-9d8e-4c7b-a6f5-0123456789ab";
    try (FakeApi api =
            FakeApi.start(
                call -> page(1, 1, "setlist", setlist("s1", "20-11-2026").replace(MBID, joined)));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);

      node.sync("historical-setlists");
      node.awaitNoneLanded();

      assertThat(node.jdbc().queryForList("select mbid from artists", String.class))
          .containsExactly(joined);
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select old_mbid || ' ' || mbid || ' ' || told_by from mbid_redirects",
                      String.class))
          .containsExactly(MBID + " " + joined + " setlistfm");
      assertThat(node.count("source_links where entity_kind = 'artist'")).isEqualTo(2);
    }
  }

  @Test
  void answerAboutSomebodyElse_joinsNobody() {
    String other = "bbbbbbbb-9d8e-4c7b-a6f5-0123456789ab";
    try (FakeApi api =
            FakeApi.start(
                call ->
                    page(
                        1,
                        1,
                        "setlist",
                        setlist("s1", "20-11-2026").replace(MBID, other).replace("Ada", "Bob")));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);

      node.sync("historical-setlists");
      node.awaitNoneLanded();

      assertThat(node.count("mbid_redirects")).isZero();
      assertThat(node.jdbc().queryForList("select mbid from artists order by 1", String.class))
          .containsExactly(MBID, other);
    }
  }

  @Test
  void call_carriesTheKeyInItsHeaderAndNothingOfOurInside() {
    try (FakeApi api = FakeApi.start(call -> new Answer(404, NOT_FOUND_AS_DOCUMENTED));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);

      Run run = node.sync("historical-setlists");

      assertThat(run.status()).as("nothing there is no failure").isEqualTo("completed");
      Call call = api.calls().get(0);
      assertThat(call.method()).isEqualTo("GET");
      assertThat(call.header("x-api-key")).isEqualTo(KEY);
      assertThat(call.header("Accept")).isEqualTo("application/json");
      assertThat(call.headers().keySet())
          .isSubsetOf("Accept", "Accept-encoding", "Connection", "Host", "User-agent", "X-api-key");
      assertThat(node.count("artist_syncs where what = 'setlists'")).isEqualTo(1);
    }
  }

  @Test
  void oldSetlists_endThePagingAndAreSkipped() {
    try (FakeApi api =
            FakeApi.start(
                call ->
                    page(
                        1,
                        400,
                        "setlist",
                        setlist("new", "20-11-2026"),
                        setlist("old", "20-11-2001")));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);

      Run run = node.sync("historical-setlists", "years=2");

      assertThat(run.status()).isEqualTo("completed");
      assertThat(api.calls()).hasSize(1);
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select source_id || ' ' || error from source_records where state = 'skipped'",
                      String.class))
          .containsExactly("old too-old");
    }
  }

  @Test
  void artistWithoutAnMbid_isLookedUpAndOnlyItsNameIsKept() {
    try (FakeApi api =
            FakeApi.start(
                call ->
                    page(
                        1,
                        2,
                        "artist",
                        "{\"mbid\":\"" + MBID + "\",\"name\":\" ada\"}",
                        "{\"mbid\":\"aaaaaaaa-9d8e-4c7b-a6f5-0123456789ab\",\"name\":\"Ada & Friends\"}"));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, null);

      assertThat(node.sync("historical-setlists").status()).isEqualTo("completed");

      assertThat(api.targets())
          .containsExactly("/rest/1.0/search/artists?sort=relevance&artistName=Ada&p=1");
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select error from source_records where state = 'skipped'", String.class))
          .containsExactly("another-name");
    }
  }

  @Test
  void artistThatIsNamed_isLookedUpAndItsSetlistsAreAskedForAtOnce() {
    try (FakeApi api =
            FakeApi.start(
                call ->
                    call.path().endsWith("/artists")
                        ? page(1, 1, "artist", "{\"mbid\":\"" + MBID + "\",\"name\":\"Ada\"}")
                        : page(1, 1, "setlist", setlist("s1", "20-11-2026")));
        TestNode node = node(api)) {

      assertThat(node.sync("historical-setlists", "artist=Ada").status()).isEqualTo("completed");

      assertThat(api.targets())
          .containsExactly(
              "/rest/1.0/search/artists?sort=relevance&artistName=Ada&p=1",
              "/rest/1.0/artist/" + MBID + "/setlists?p=1");
      assertThat(ids(node, "setlist")).containsExactly("s1");
    }
  }

  @Test
  void venueThatIsNamed_isAskedForWhatWasPlayedThere() {
    try (FakeApi api =
            FakeApi.start(
                call ->
                    call.path().contains("/venue/")
                        ? page(
                            1,
                            2,
                            "setlist",
                            setlist("s1", "20-11-2026"),
                            setlist("s2", "19-11-2026"))
                        : page(1, 1, "setlist", setlist("s1", "20-11-2026")));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);
      node.sync("historical-setlists");

      assertThat(node.sync("historical-setlists", "venue=kaleva hall").status())
          .isEqualTo("completed");

      assertThat(api.targets()).last().isEqualTo("/rest/1.0/venue/v1/setlists?p=1");
      assertThat(ids(node, "setlist")).containsExactly("s1", "s2");
      assertThatThrownBy(() -> node.sync("historical-setlists", "venue=Nowhere"))
          .hasStackTraceContaining("no venue 'Nowhere' is known to setlist.fm");
    }
  }

  @Test
  void emptyCatalogue_isARunWithNothingToDo() {
    try (FakeApi api = FakeApi.start(call -> new Answer(500, ""));
        TestNode node = node(api)) {
      assertThat(node.sync("historical-setlists").status()).isEqualTo("completed");
      assertThat(api.calls()).isEmpty();
    }
  }

  @Test
  void refusedKey_failsTheRunAndNamesTheVariable() {
    try (FakeApi api = FakeApi.start(call -> new Answer(403, "{\"message\":\"Forbidden\"}"));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);
      Run run = node.sync("historical-setlists");
      assertThat(run.status()).isEqualTo("failed");
      assertThat(run.error()).contains("SETLISTFM_API_KEY").doesNotContain(KEY);
    }
  }

  @Test
  void otherNotFound_isAFailure() {
    try (FakeApi api = FakeApi.start(call -> new Answer(404, "<html>404 no such host</html>"));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", MBID, null);
      assertThat(node.sync("historical-setlists").status()).isEqualTo("failed");
    }
  }
}
