package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Landed;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pairs that wait for a person, over HTTP. */
class ReviewsApiTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";
  private static final String REVIEWS = "/api/reviews";

  private static TestNode node;
  private static Http http;

  @BeforeAll
  static void start() {
    node =
        TestNode.serve(
            Postgres.create(), URI.create("http://127.0.0.1:9"), Map.of("admin.api-key", ADMIN));
    http = new Http(node.node().ports().http());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static JsonNode waiting(String query) {
    return http.get(REVIEWS + query, "Authorization", "Bearer " + ADMIN).json();
  }

  private static Answer decide(String one, String other, boolean same) {
    return http.send(
        "POST",
        REVIEWS,
        "{\"kind\":\"artist\",\"same\":%s,\"left\":%s,\"right\":%s}"
            .formatted(same, side(one), side(other)),
        "Authorization",
        "Bearer " + ADMIN);
  }

  private static String side(String name) {
    return "{\"source\":\"ticketmaster\",\"sourceId\":\"" + record(name) + "\"}";
  }

  private static String record(String name) {
    return "K" + Math.abs(name.hashCode());
  }

  private static String entity(String name) {
    return node.jdbc()
        .queryForObject(
            "select cast(entity_id as text) from source_links where source_id = ?",
            String.class,
            record(name));
  }

  /** Two artists of whom it is not clear whether they are one. */
  private static void pair(String one, String other) {
    Landed.artist(node, one, null, null);
    Landed.artist(node, other, null, null);
    node.jdbc()
        .update(
            "insert into identity_pairs values ('artist', 'ticketmaster', ?, 'ticketmaster', ?, 0.8,"
                + " '[\"names alike (+30)\"]', 'review')",
            record(one),
            record(other));
  }

  @Test
  void pairThatIsOne_isJoinedAndThatOfTheLeftGoesOn() {
    pair("Beirut", "Beyrouth");
    JsonNode page = waiting("?kind=artist");
    assertThat(page.get("total").asInt()).isOne();
    JsonNode pair = page.at("/items/0");
    assertThat(pair.at("/left/shown/name").asText()).isEqualTo("Beirut");
    assertThat(pair.at("/right/id").asText()).isEqualTo(entity("Beyrouth"));
    assertThat(pair.at("/evidence/0").asText()).isEqualTo("names alike (+30)");
    assertThat(waiting("?kind=venue").get("total").asInt()).isZero();
    String keeper = entity("Beirut");

    Answer decided = decide("Beirut", "Beyrouth", true);

    assertThat(decided.json().get("applied").asBoolean()).as(decided.body()).isTrue();
    assertThat(entity("Beyrouth")).isEqualTo(keeper);
    Answer again = decide("Beirut", "Beyrouth", true);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().get("detail").asText()).contains("of one artist already");
  }

  @Test
  void pairThatIsTwo_waitsNoMore() {
    pair("Nirvana", "Nirvana UK");

    assertThat(decide("Nirvana", "Nirvana UK", false).status()).isEqualTo(200);

    assertThat(node.count("identity_pairs where left_id = '" + record("Nirvana") + "'")).isZero();
    assertThat(entity("Nirvana")).isNotEqualTo(entity("Nirvana UK"));
    assertThat(node.count("verdicts where not same")).isOne();
  }

  @Test
  void whatCannotBeOne_isRefused() {
    Landed.artist(node, "Air", "3f2a1b0c-9d8e-4c7b-a6f5-0123456789ab", null);
    Landed.artist(node, "Air of jazz", "4f2a1b0c-9d8e-4c7b-a6f5-0123456789ab", null);

    assertThat(decide("Air", "Air of jazz", true).json().get("detail").asText())
        .contains("different MBIDs");
    assertThat(decide("Air", "Air", true).status()).isEqualTo(400);
    assertThat(decide("Air", "nobody", true).status()).isEqualTo(404);
  }

  @Test
  void nobodyElse_readsOrDecides() {
    assertThat(http.get(REVIEWS).status()).isEqualTo(401);
    assertThat(http.send("POST", REVIEWS, "{}").status()).isEqualTo(401);
    for (String body : new String[] {"{}", "{\"kind\":\"song\"}", "{\"kind\":\"artist\"}", "[]"}) {
      assertThat(http.send("POST", REVIEWS, body, "Authorization", "Bearer " + ADMIN).status())
          .as(body)
          .isEqualTo(400);
    }
  }
}
