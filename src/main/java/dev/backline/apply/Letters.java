package dev.backline.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.backline.Settings;
import dev.backline.land.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Dead letters of records. */
final class Letters {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Letters() {}

  /** Letters of the dead among some records, as {@code bury-records.sql} takes them. */
  static String of(List<Translated> records, Settings settings) throws JsonProcessingException {
    ArrayNode letters = JSON.createArrayNode();
    for (Translated t : records) {
      if (t.state().equals(Translated.DEAD)) {
        SourceRecord record = t.record();
        String payload = new String(record.raw(), StandardCharsets.UTF_8).replace("\u0000", "");
        letters
            .addObject()
            .put("route", t.cause().startsWith("mapping:") ? "translate" : "apply-transaction")
            .put("source", record.source())
            .put("kind", record.kind())
            .put("id", record.id())
            .put("entity", entityKind(record, settings))
            .put("cause", t.cause())
            .put("error", settings.redact(t.reason()))
            .put("payload", settings.redact(payload));
      }
    }
    return JSON.writeValueAsString(letters);
  }

  /** What the catalogue makes of records of this kind; null where the settings do not say. */
  private static String entityKind(SourceRecord record, Settings settings) {
    for (String kind : List.of("artist", "venue", "show")) {
      if (settings
          .find(record.source() + "." + kind + "-records")
          .filter(record.kind()::equals)
          .isPresent()) {
        return kind;
      }
    }
    return null;
  }
}
