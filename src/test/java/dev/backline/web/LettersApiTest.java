package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters over HTTP, for operators alone. */
class LettersApiTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";

  private static final String REPLAY = "/api/dead-letters/replay";

  private static TestNode node;
  private static Http http;

  @BeforeAll
  static void start() {
    node =
        TestNode.serve(
            Postgres.create(), URI.create("http://127.0.0.1:1/"), Map.of("admin.api-key", ADMIN));
    http = new Http(node.node().ports().http());
    letter("E1", "event", "mapping", 1);
    letter("V1", "venue", "mapping", 2);
    letter("E2", "event", "database", 3);
    letter("E3", "event", "mapping", 4);
    letter("page 3", "request", "HTTP 500", 5);
    node.jdbc().update("update dead_letters set state = 'discarded' where source_id = 'V1'");
  }

  private static void letter(String id, String kind, String cause, int minute) {
    node.jdbc()
        .update(
            "insert into dead_letters (route, source, record_kind, source_id, cause, error, payload, last_failed)"
                + " values ('translate', 'ticketmaster', ?, ?, ?, 'no name', '{\"id\":1}',"
                + " timestamptz '2026-01-01 00:00Z' + make_interval(mins => ?))",
            kind,
            id,
            cause,
            minute);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static JsonNode get(String path) {
    Answer answer = http.get(path, "Authorization", "Bearer " + ADMIN);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
    return answer.json();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                | 4 | page 3,E3,E2,E1",
        "?pageSize=2&page=2                | 4 | E2,E1",
        "?pageSize=3&page=2                | 4 | E1",
        "?cause=mapping                    | 2 | E3,E1",
        "?kind=request                     | 1 | page 3",
        "?state=discarded                  | 1 | V1",
        "?source=spotify                   | 0 | ''",
        "?cause=mapp                       | 0 | ''"
      })
  void letters_comeNewestFirstByTheirFilters(String query, int total, String ids) {
    JsonNode page = get("/api/dead-letters" + query);
    assertThat(page.get("total").asInt()).isEqualTo(total);
    assertThat(String.join(",", page.get("items").findValuesAsText("sourceId"))).isEqualTo(ids);
  }

  @Test
  void causes_comeWithTheirNumbersAndTheNewestLetter() {
    JsonNode page = get("/api/dead-letters/causes");
    assertThat(page.get("items").findValuesAsText("cause"))
        .containsExactly("HTTP 500", "mapping", "database");
    assertThat(page.get("items").findValuesAsText("letters")).containsExactly("1", "2", "1");
    assertThat(page.get("total").asInt()).isEqualTo(3);
    JsonNode example = get("/api/dead-letters/" + page.at("/items/1/example").asText());
    assertThat(example.get("sourceId").asText()).isEqualTo("E3");
    assertThat(example.get("payload").asText()).isEqualTo("{\"id\":1}");
    assertThat(get("/api/dead-letters/causes?pageSize=1&page=2").at("/items/0/cause").asText())
        .isEqualTo("mapping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/0", "/999", "/x", "/99999999999999999999"})
  void whatIsNoLetter_isNotFound(String id) {
    assertThat(http.get("/api/dead-letters" + id, "Authorization", "Bearer " + ADMIN).status())
        .isEqualTo(404);
  }

  private static Answer send(Http to, String method, String path, String body) {
    return to.send(method, path, body, "Authorization", "Bearer " + ADMIN);
  }

  @Test
  void discarding_isDoneOnceAndLeavesWhatIsClosed() {
    letter("E9", "event", "to discard", 0);
    long id =
        node.jdbc()
            .queryForObject("select id from dead_letters where source_id = 'E9'", Long.class);
    for (int time = 1; time <= 2; time++) {
      JsonNode answer = send(http, "DELETE", "/api/dead-letters/" + id, null).json();
      assertThat(answer.get("state").asText()).isEqualTo("discarded");
    }
    node.jdbc().update("update dead_letters set state = 'replayed' where id = ?", id);
    assertThat(send(http, "DELETE", "/api/dead-letters/" + id, null).json().get("state").asText())
        .isEqualTo("replayed");
    assertThat(send(http, "DELETE", "/api/dead-letters/999", null).status()).isEqualTo(404);
    node.jdbc().update("delete from dead_letters where id = ?", id);
  }

  @Test
  void replay_appliesTheRecordsOfACauseAndPlansItsRequests() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(11, 30));
        TestNode working =
            TestNode.serve(
                Postgres.create(), sandbox.ticketmaster(), Map.of("admin.api-key", ADMIN))) {
      Http port = new Http(working.node().ports().http());
      sandbox.faults("poison=3");
      working
          .jdbc()
          .execute("alter table shows add constraint no_poison check (name not like 'POISON %')");
      assertThat(working.sync("upcoming-shows").dead()).isEqualTo(3);
      working.jdbc().execute("alter table shows drop constraint no_poison");
      String cause =
          working.jdbc().queryForObject("select distinct cause from dead_letters", String.class);
      long first = working.jdbc().queryForObject("select min(id) from dead_letters", Long.class);

      assertThat(replayed(port, working, "{\"letter\":" + first + "}")).isEqualTo(1);
      assertThat(open(working)).isEqualTo(2);
      assertThat(send(port, "POST", REPLAY, "{\"letter\":" + first + "}").status()).isEqualTo(404);
      assertThat(replayed(port, working, "{\"cause\":\"" + cause + "\"}")).isEqualTo(1);
      assertThat(open(working)).isZero();
      assertThat(replayed(port, working, "{\"all\":true}")).as("nothing is open").isZero();
      assertThat(
              working
                  .jdbc()
                  .queryForObject(
                      "select count(*) from shows where name like 'POISON %'", Long.class))
          .isEqualTo(3);

      working
          .jdbc()
          .update(
              "insert into dead_letters (route, source, record_kind, source_id, cause, error, payload)"
                  + " values ('fetch', 'spotify', 'request', 'p', 'HTTP 500', 'e', '{}')");
      Answer disabled = send(port, "POST", REPLAY, "{\"cause\":\"HTTP 500\"}");
      assertThat(disabled.status()).isEqualTo(400);
      assertThat(disabled.body()).contains("spotify").contains("SPOTIFY_CLIENT_ID");
    }
  }

  /** Replays and waits; how many runs it took. */
  private static int replayed(Http port, TestNode working, String body) {
    Answer answer = send(port, "POST", REPLAY, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    for (JsonNode run : answer.json().get("runs")) {
      UUID id = UUID.fromString(run.get("run").asText());
      assertThat(working.await(id).status()).isEqualTo("completed");
      assertThat(port.get(run.get("progress").asText()).status()).isEqualTo(200);
    }
    return answer.json().get("runs").size();
  }

  private static int open(TestNode working) {
    return working
        .jdbc()
        .queryForObject("select count(*) from dead_letters where state = 'open'", Integer.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"all\":false}",
        "{\"all\":true,\"letter\":1}",
        "{\"letter\":\"1\"}",
        "{\"letter\":1.5}",
        "{\"cause\":\" \"}",
        "{\"state\":\"open\"}"
      })
  void replayOfWhatCannotBeMeant_isRefused(String body) {
    Answer answer = send(http, "POST", REPLAY, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
  }

  @Test
  void lettersAreForOperatorsAlone() {
    assertThat(http.send("POST", REPLAY, "{\"all\":true}").status()).isEqualTo(401);
    assertThat(http.send("DELETE", "/api/dead-letters/1", null).status()).isEqualTo(401);
    for (String path :
        List.of("/api/dead-letters", "/api/dead-letters/causes", "/api/dead-letters/1")) {
      assertThat(http.get(path).status()).as(path).isEqualTo(401);
    }
    assertThat(
            http.get("/api/dead-letters?state=lost", "Authorization", "Bearer " + ADMIN).status())
        .isEqualTo(400);
  }
}
