package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fields of an entity that a person may set, and what they may hold: those of its schema that are
 * columns of its table. Ids stay out: what is one entity is decided by verdicts.
 */
public final class Settable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> NOT_SET =
      Set.of(
          "entity",
          "mbid",
          "spotify_id",
          "music",
          "city_coordinates",
          "venue",
          "artists",
          "line_up",
          "tour",
          "setlist");

  private final String kind;
  private final JsonNode properties;

  /**
   * @param folder of the schemas
   */
  public Settable(Path folder, String kind) {
    this.kind = kind;
    Path file = folder.resolve(kind + ".schema.json");
    try {
      properties = JSON.readTree(Files.readString(file)).get("properties");
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Their names. */
  public Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    properties.fieldNames().forEachRemaining(fields::add);
    fields.removeAll(NOT_SET);
    return fields;
  }

  /**
   * A field's name that can be set; answers no value.
   *
   * @throws IllegalArgumentException in one line, with the fields that can
   */
  public JsonNode known(String field) {
    if (!fields().contains(field)) {
      throw new IllegalArgumentException(
          "there is no field '%2$s' of %1$ss that can be set; there are %3$s"
              .formatted(kind, field, String.join(", ", fields())));
    }
    return NullNode.instance;
  }

  /**
   * A text as the value of a field.
   *
   * @throws IllegalArgumentException in one line where the field does not take it
   */
  public JsonNode value(String field, String text) {
    known(field);
    JsonNode schema = properties.get(field);
    JsonNode value = read(schema.path("type").toString(), text);
    ObjectNode whole = JSON.createObjectNode();
    whole.putObject("properties").set(field, schema);
    List<String> wrong =
        Schemas.violations(whole.toString(), JSON.valueToTree(Map.of(field, value)));
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
    return value;
  }

  private static JsonNode read(String types, String text) {
    if (types.contains("array")) {
      ArrayNode items = JSON.createArrayNode();
      for (String item : text.split(",")) {
        if (!item.isBlank()) {
          items.add(item.strip());
        }
      }
      return items;
    }
    if ((types.contains("integer") || types.contains("number"))
        && text.matches("-?\\d{1,15}(\\.\\d{1,15})?")) {
      return text.contains(".")
          ? JSON.getNodeFactory().numberNode(new java.math.BigDecimal(text))
          : JSON.getNodeFactory().numberNode(Long.parseLong(text));
    }
    return JSON.getNodeFactory().textNode(text);
  }
}
