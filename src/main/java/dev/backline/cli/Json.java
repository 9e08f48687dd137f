package dev.backline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.backline.store.Run;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What commands print with {@code --json}. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .registerModule(
              new SimpleModule()
                  .addSerializer(UUID.class, ToStringSerializer.instance)
                  .addSerializer(
                      Timestamp.class,
                      new com.fasterxml.jackson.databind.ser.std.StdSerializer<>(Timestamp.class) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public void serialize(
                            Timestamp value,
                            com.fasterxml.jackson.core.JsonGenerator out,
                            com.fasterxml.jackson.databind.SerializerProvider provider)
                            throws java.io.IOException {
                          out.writeString(value.toInstant().toString());
                        }
                      }));

  private Json() {}

  static void print(Object value) {
    System.out.println(text(value));
  }

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write JSON: " + e.getOriginalMessage(), e);
    }
  }

  static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Stored JSON as a tree; null where there is none. */
  static JsonNode tree(String json) {
    try {
      return json == null ? null : MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  static Map<String, Object> run(Run run) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run", run.id());
    values.put("job", run.job());
    values.put("status", run.status());
    values.put("fetched", run.fetched());
    values.put("inserted", run.inserted());
    values.put("updated", run.updated());
    values.put("unchanged", run.unchanged());
    values.put("rejected", run.rejected());
    values.put("dead", run.dead());
    values.put("skipped", run.skipped());
    values.put("superseded", run.superseded());
    values.put("balanced", run.balanced());
    values.put("error", run.error());
    values.put("result", tree(run.result()));
    values.put("created_at", String.valueOf(run.createdAt()));
    values.put("completed_at", run.completedAt() == null ? null : run.completedAt().toString());
    return values;
  }
}
