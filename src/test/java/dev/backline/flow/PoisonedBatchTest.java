package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.backline.land.Zstd;
import dev.backline.testkit.Landed;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A batch that a record makes fail, where another source's records are needed to decide it. */
class PoisonedBatchTest {
  private static final String ADA = "0aBcDeFgHiJkLmNoPqRsTu";

  @Test
  void recordTheStoreRefuses_diesAloneAlsoWhereItsBatchTouchesAnotherSource() {
    try (TestNode node =
        TestNode.start(Postgres.create(), URI.create("http://127.0.0.1:1/"), Map.of())) {
      Landed.artist(node, "Ada", null, ADA); // told by Ticketmaster: Spotify's Ada joins it
      node.jdbc()
          .execute(
              "alter table songs add constraint no_poison check (title <> 'POISON') not valid");
      Map<String, String> records = new LinkedHashMap<>();
      records.put("artist " + ADA, "{\"id\":\"%s\",\"name\":\"Ada\"}".formatted(ADA));
      records.put("track " + id("bad"), track(id("bad"), "POISON"));
      records.put("track " + id("good"), track(id("good"), "Good"));

      land(node, records);
      node.awaitNoneLanded();

      assertThat(states(node))
          .isEqualTo(Map.of(ADA, "applied", id("bad"), "dead", id("good"), "applied"));
      assertThat(
              node.jdbc()
                  .queryForList(
                      "select source || ' ' || source_id || ' ' || cause from dead_letters",
                      String.class))
          .containsExactly("spotify " + id("bad") + " store: no_poison");
      assertThat(node.jdbc().queryForList("select title from songs", String.class))
          .containsExactly("Good");
      assertThat(node.count("artists")).isEqualTo(1);
    }
  }

  private static String id(String name) {
    return (name + "0".repeat(22)).substring(0, 22);
  }

  private static String track(String id, String title) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"type\":\"track\",\"artists\":[{\"id\":\"%s\"}]}"
        .formatted(id, title, ADA);
  }

  /** In one statement, so that one sweep finds them all. */
  private static void land(TestNode node, Map<String, String> records) {
    StringBuilder rows = new StringBuilder();
    List<Object> values = new ArrayList<>();
    records.forEach(
        (key, json) -> {
          byte[] raw = json.getBytes(StandardCharsets.UTF_8);
          rows.append(rows.isEmpty() ? "" : ", ")
              .append("('spotify', ?, ?, ?, ?, now() - interval '1 hour')");
          values.addAll(List.of(key.split(" ")));
          values.add(Hashing.xxh3_128().hashBytesTo128Bits(raw).toByteArray());
          values.add(Zstd.compress(raw));
        });
    node.jdbc()
        .update(
            "insert into source_records (source, record_kind, source_id, fingerprint, raw, last_changed) values "
                + rows,
            values.toArray());
  }

  private static Map<String, String> states(TestNode node) {
    Map<String, String> states = new LinkedHashMap<>();
    node.jdbc()
        .queryForList("select source_id, state from source_records where source = 'spotify'")
        .forEach(row -> states.put((String) row.get("source_id"), (String) row.get("state")));
    return states;
  }
}
