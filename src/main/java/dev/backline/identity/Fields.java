package dev.backline.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads canonical JSON, where null and a missing key say the same: not known. */
final class Fields {
  private Fields() {}

  static String text(JsonNode record, String key) {
    return record.hasNonNull(key) ? record.get(key).asText() : null;
  }

  static Double number(JsonNode record, String key) {
    return record.hasNonNull(key) ? record.get(key).doubleValue() : null;
  }

  static List<String> texts(JsonNode record, String key) {
    List<String> texts = new ArrayList<>();
    record.path(key).forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
