package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backline.land.Zstd;
import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.Landed;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bandsintown, from the catalogue's artists to landed records: what is asked and what is kept. */
class BandsintownTest {
  private static final String APP_ID = "canary-app-7f3a9b";

  private static TestNode node(FakeApi api) {
    return TestNode.start(
        Postgres.create(),
        URI.create("http://127.0.0.1:1/"),
        Map.of(
            "ticketmaster.api-key",
            "",
            "bandsintown.base-url",
            api.at("/").toString(),
            "bandsintown.app-id",
            APP_ID,
            "bandsintown.rate-limit-per-second",
            "1000"));
  }

  private static String event(String id, String more) {
    return """
        {"id":"%s","artist_id":"104","lineup":["JoJo"],"title":"","datetime":"2027-05-15T10:15:00",
         "url":"https://www.bandsintown.example/e/%s?app_id=%s&came_from=267",
         %s"venue":{"name":"Hall","city":"Oulu","region":"","country":"Finland","latitude":"65.0","longitude":"25.4"}}"""
        .formatted(id, id, APP_ID, more);
  }

  private static final String ARTIST =
      "\"artist\":{\"id\":\"104\",\"name\":\"JoJo\",\"mbid\":\"\",\"tracker_count\":7,\"url\":\"https://x.example/a/104?came_from=267&app_id="
          + APP_ID
          + "\"},";

  private static List<String> ids(TestNode node, String kind) {
    return node.jdbc()
        .queryForList(
            "select source_id from source_records where source = 'bandsintown' and record_kind = ? order by 1",
            String.class,
            kind);
  }

  @Test
  void eventsOfAnArtist_areLandedWithTheirVenueAndWithoutOurAppId() throws IOException {
    try (FakeApi api =
            FakeApi.start(
                call -> Answer.of("[" + event("e1", ARTIST) + "," + event("e2", "") + "]"));
        TestNode node = node(api)) {
      Landed.artist(node, "JoJo", null, null);

      Run run = node.sync("upcoming-shows");

      assertThat(run.status()).as(run.toString()).isEqualTo("completed");
      assertThat(api.targets())
          .containsExactly("/artists/JoJo/events?date=upcoming&app_id=" + APP_ID);
      assertThat(ids(node, "event")).containsExactly("e1", "e2");
      assertThat(ids(node, "artist")).containsExactly("104");
      assertThat(ids(node, "venue")).containsExactly("Hall|Oulu||Finland");
      for (byte[] raw : node.jdbc().queryForList("select raw from source_records", byte[].class)) {
        assertThat(new String(Zstd.decompress(raw), StandardCharsets.UTF_8))
            .doesNotContain(APP_ID, "app_id");
      }
      assertThat(api.calls().get(0).headers().keySet())
          .isSubsetOf("Accept", "Accept-encoding", "Connection", "Host", "User-agent");
    }
  }

  @Test
  void artistInTheFirstEvent_doesNotMakeTheNextOneNew() {
    List<String> answers =
        List.of(
            "[" + event("e1", ARTIST) + "," + event("e2", "") + "]",
            "[" + event("e2", ARTIST) + "]");
    try (FakeApi api =
            FakeApi.start(call -> Answer.of(answers.get(call.target().contains("2027") ? 1 : 0)));
        TestNode node = node(api)) {
      Landed.artist(node, "JoJo", null, null);
      node.sync("upcoming-shows");
      node.jdbc().update("delete from artist_syncs");

      Run second = node.sync("upcoming-shows", "from=2027-01-01");

      assertThat(second.unchanged()).as(second.toString()).isEqualTo(3);
      assertThat(second.fetched()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "404 {\"errorMessage\":\"[NotFound] The artist was not found\"}",
        "200 \n{warn=Not found}\n",
        "200 \"\"",
        "200 []"
      })
  void artistThatIsNotKnown_isAnEmptyPage(String answer) {
    try (FakeApi api =
            FakeApi.start(
                call -> new Answer(Integer.parseInt(answer.substring(0, 3)), answer.substring(4)));
        TestNode node = node(api)) {
      Landed.artist(node, "Nobody", null, null);
      Run run = node.sync("upcoming-shows");
      assertThat(run.status()).as(run.toString()).isEqualTo("completed");
      assertThat(run.fetched()).isZero();
      assertThat(node.count("artist_syncs where what = 'shows'")).isEqualTo(1);
    }
  }

  @Test
  void namesInThePath_areEscapedAsTheApiWantsThem() {
    try (FakeApi api = FakeApi.start(call -> Answer.of("[]"));
        TestNode node = node(api)) {
      for (String name : List.of("AC/DC", "Who?", "*NSYNC", "Weird \"Al\"", "Sigur Rós & 東京 +/-")) {
        Landed.artist(node, name, null, null);
      }
      node.sync("upcoming-shows");
      assertThat(api.calls().stream().map(FakeApi.Call::path))
          .containsExactlyInAnyOrder(
              "/artists/AC%252FDC/events",
              "/artists/Who%253F/events",
              "/artists/%252ANSYNC/events",
              "/artists/Weird%20%27CAl%27C/events",
              "/artists/Sigur%20R%C3%B3s%20%26%20%E6%9D%B1%E4%BA%AC%20%2B%252F-/events");
    }
  }

  @Test
  void eventsOfSomebodyElse_areSkipped() {
    try (FakeApi api =
            FakeApi.start(
                call ->
                    Answer.of("[" + event("e1", "").replace("[\"JoJo\"]", "[\"Jo Jo\"]") + "]"));
        TestNode node = node(api)) {
      Landed.artist(node, "JoJo", null, null);
      Run run = node.sync("upcoming-shows");
      assertThat(run.skipped()).as(run.toString()).isEqualTo(1);
    }
  }

  @Test
  void runForAPlace_asksForNothingAndSaysWhoCouldBeAsked() {
    try (FakeApi api = FakeApi.start(call -> Answer.of("[]"));
        TestNode node = node(api)) {
      Landed.artist(node, "JoJo", null, null);
      assertThatThrownBy(() -> node.sync("upcoming-shows", "city=Oulu"))
          .rootCause()
          .hasMessageContaining("no source to ask")
          .hasMessageContaining("TICKETMASTER_API_KEY");
      assertThat(api.calls()).isEmpty();
    }
  }
}
