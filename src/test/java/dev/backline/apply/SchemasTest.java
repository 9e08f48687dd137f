package dev.backline.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts of the catalogue's entities, and how their breaches read. */
class SchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schemas SCHEMAS = new Schemas(Path.of("routes", "entities"));

  /** What the mapping makes of the sample: an entity that keeps its contract. */
  private static ObjectNode expected(String recordKind) throws IOException {
    Path file = Path.of("routes/sources/ticketmaster", recordKind + ".expected.json");
    return (ObjectNode) JSON.readTree(Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "attraction", "venue"})
  void expectedEntity_keepsItsContract(String recordKind) throws IOException {
    assertThat(SCHEMAS.violations(expected(recordKind))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event      | name        | \"\"",
        "event      | name        | null",
        "event      | name        | 7",
        "event      | name        | \"a\\u0000b\"",
        "event      | local_date  | \"2026-02-29\"",
        "event      | local_date  | \"soon\"",
        "event      | status      | \"canceled\"",
        "event      | currency    | \"usd\"",
        "event      | price_min   | -1",
        "event      | price_min   | \"1\"",
        "event      | starts_at   | \"2026-13-01T00:00:00Z\"",
        "event      | artists     | [\"a\",\"a\"]",
        "event      | artists     | \"a\"",
        "event      | url         | \"javascript:alert(1)\"",
        "attraction | mbid        | \"not-a-uuid\"",
        "attraction | spotify_id  | \"short\"",
        "attraction | music       | \"yes\"",
        "venue      | latitude    | 90.1",
        "venue      | longitude   | -180.5",
        "venue      | country_code| \"GBR\""
      })
  void fieldThatBreaksTheContract_isNamed(String recordKind, String field, String value)
      throws IOException {
    ObjectNode entity = expected(recordKind);
    assertThat(entity.has(field)).isTrue();
    entity.set(field, JSON.readTree(value));
    assertThat(SCHEMAS.violations(entity)).startsWith(field).doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event      | name        | \"夜の電車\"",
        "event      | local_date  | \"2028-02-29\"",
        "event      | local_time  | null",
        "event      | status      | \"cancelled\"",
        "event      | price_min   | 0",
        "event      | artists     | []",
        "attraction | mbid        | null",
        "attraction | music       | null",
        "venue      | latitude    | 90"
      })
  void fieldAtTheEdgeOfTheContract_isTaken(String recordKind, String field, String value)
      throws IOException {
    ObjectNode entity = expected(recordKind);
    entity.set(field, JSON.readTree(value));
    assertThat(SCHEMAS.violations(entity)).isNull();
  }

  @Test
  void missingAndUnknownFields_areNamedTogetherInOneLine() throws IOException {
    ObjectNode entity = expected("venue");
    entity.remove("city");
    entity.put("colour", "red");
    assertThat(SCHEMAS.violations(entity))
        .contains("'city'", "'colour'", "; ")
        .doesNotStartWith(":")
        .doesNotContain("; :")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"entity\":\"festival\"}", "{\"entity\":null}", "[]", "null", "7"})
  void unknownEntity_isAnsweredWithTheEntitiesThereAre(String json) throws IOException {
    assertThat(SCHEMAS.violations(JSON.readTree(json)))
        .startsWith("entity: ")
        .contains("artist", "show", "venue");
  }

  @Test
  void fileThatIsNoSchema_isNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("show.schema.json"), "{\"type\": ");
    assertThatThrownBy(() -> new Schemas(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void folderThatIsMissing_isNamed(@TempDir Path folder) {
    Path missing = folder.resolve("entities");
    assertThatThrownBy(() -> new Schemas(missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.toString());
  }
}
