package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters over HTTP, for operators alone. */
class LettersApiTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";

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

  @Test
  void lettersAreForOperatorsAlone() {
    for (String path :
        List.of("/api/dead-letters", "/api/dead-letters/causes", "/api/dead-letters/1")) {
      assertThat(http.get(path).status()).as(path).isEqualTo(401);
    }
    assertThat(
            http.get("/api/dead-letters?state=lost", "Authorization", "Bearer " + ADMIN).status())
        .isEqualTo(400);
  }
}
