package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.apply.Translated;
import dev.backline.land.Zstd;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.TestNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One mapping for every entry point: whichever way a record comes, it is the same entity (S40). */
class SameEntityTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Stored(String kind, String id, byte[] raw) {}

  private Sandbox sandbox;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(13, 40));
    node = TestNode.start(sandbox.ticketmaster());
    node.sync("upcoming-shows");
  }

  @AfterEach
  void stop() {
    node.close();
    sandbox.close();
  }

  @Test
  void aRecordMappedByHand_isTheShowThatTheJobStored() throws IOException {
    int shows = 0;
    for (Stored record : records("event")) {
      Translated mapped = only(record);
      JsonNode row = row("shows", record.id());
      boolean stored = row != null || offered(record.id());
      assertThat(mapped.isApplied()).as(record.id()).isEqualTo(stored);
      if (row != null) {
        shows++;
        same(record.id(), mapped.entity(), row, "name", "url", "status", "timezone", "currency");
        same(record.id(), mapped.entity(), row, "local_date", "local_time");
        price(record.id(), mapped.entity().get("price_min"), row.get("price_min"));
        price(record.id(), mapped.entity().get("price_max"), row.get("price_max"));
      }
    }
    assertThat(shows).isGreaterThan(100);
  }

  private boolean offered(String id) {
    return node.count("show_offers where source_id = '" + id + "'") > 0;
  }

  @Test
  void aVenueMappedByHand_isTheVenueThatTheJobStored() throws IOException {
    List<Stored> venues = records("venue");
    assertThat(venues).hasSizeGreaterThan(5);
    for (Stored record : venues) {
      Translated mapped = only(record);
      same(
          record.id(),
          mapped.entity(),
          row("venues", record.id()),
          "name",
          "city",
          "state",
          "state_code",
          "country",
          "country_code",
          "address",
          "postal_code",
          "latitude",
          "longitude",
          "timezone");
    }
  }

  @Test
  void aWholeAnswerMappedAtOnce_givesWhatItsRecordsGiveAlone() throws IOException {
    List<Stored> events = records("event");
    Map<String, Translated> alone = new HashMap<>();
    for (Stored event : events) {
      alone.put(event.id(), only(event));
    }

    List<Translated> together =
        map("event", answer(events)).stream()
            .filter(t -> t.record().kind().equals("event"))
            .toList();

    assertThat(together).hasSameSizeAs(events);
    for (Translated one : together) {
      assertThat(one.entity()).isEqualTo(alone.get(one.record().id()).entity());
      assertThat(one.state()).isEqualTo(alone.get(one.record().id()).state());
    }
  }

  private static byte[] answer(List<Stored> events) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.write("{\"_embedded\":{\"events\":[".getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < events.size(); i++) {
      answer.write((i == 0 ? "" : ",").getBytes(StandardCharsets.UTF_8));
      answer.write(events.get(i).raw());
    }
    answer.write("]},\"page\":{}}".getBytes(StandardCharsets.UTF_8));
    return answer.toByteArray();
  }

  private List<Stored> records(String kind) {
    return node.jdbc()
        .query(
            "select source_id, raw from source_records where record_kind = ? order by source_id",
            (row, i) -> {
              try {
                return new Stored(kind, row.getString(1), Zstd.decompress(row.getBytes(2)));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            kind);
  }

  /** What a record becomes, without those that stand in it. */
  private Translated only(Stored stored) {
    return map(stored.kind(), stored.raw()).stream()
        .filter(t -> t.record().kind().equals(stored.kind()) && t.record().id().equals(stored.id()))
        .reduce(
            (one, other) -> {
              throw new AssertionError(stored.id() + " is mapped twice");
            })
        .orElseThrow();
  }

  /** As {@code ./backline map} does it. */
  private List<Translated> map(String kind, byte[] body) {
    List<?> results =
        node.node().call("map", body, Map.of("source", "ticketmaster", "kind", kind), List.class);
    return results.stream().map(Translated.class::cast).toList();
  }

  private JsonNode row(String table, String id) throws IOException {
    List<String> found =
        node.jdbc()
            .queryForList(
                "select row_to_json(t)::text from " + table + " t where ticketmaster_id = ?",
                String.class,
                id);
    return found.isEmpty() ? null : JSON.readTree(found.get(0));
  }

  private static void same(String id, JsonNode entity, JsonNode row, String... fields) {
    for (String field : fields) {
      assertThat(text(entity.get(field))).as(id + " " + field).isEqualTo(text(row.get(field)));
    }
  }

  private static String text(JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.asText();
  }

  private static void price(String id, JsonNode mapped, JsonNode stored) {
    assertThat(number(mapped)).as(id).isEqualTo(number(stored));
  }

  private static BigDecimal number(JsonNode value) {
    return value == null || value.isNull()
        ? null
        : new BigDecimal(value.asText()).stripTrailingZeros();
  }
}
