package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contracts between mappings and the catalogue: {@code routes/entities/<kind>.schema.json}. */
public final class Schemas {
  private static final String SUFFIX = ".schema.json";

  private final Map<String, JsonSchema> byKind = new TreeMap<>();

  /**
   * @throws IllegalArgumentException with the file's name when one is not a JSON Schema
   */
  public Schemas(Path folder) {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
        String name = file.getFileName().toString();
        try {
          JsonSchema schema = factory.getSchema(Files.readString(file), config);
          schema.initializeValidators();
          byKind.put(name.substring(0, name.length() - SUFFIX.length()), schema);
        } catch (RuntimeException e) {
          throw new IllegalArgumentException(file + " is not a JSON Schema: " + e.getMessage(), e);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the schemas in " + folder + ": " + e, e);
    }
  }

  /** Why an entity breaks its contract, field by field; null where it keeps it. */
  String violations(JsonNode entity) {
    String kind = entity.path("entity").asText("");
    JsonSchema schema = byKind.get(kind);
    if (schema == null) {
      return "entity: the mapping says '" + kind + "', which is none of " + byKind.keySet();
    }
    var messages = schema.validate(entity);
    return messages.isEmpty()
        ? null
        : messages.stream().map(Schemas::readable).sorted().collect(Collectors.joining("; "));
  }

  private static String readable(ValidationMessage message) {
    return message.getMessage().replaceFirst("^(/|: )", "").replaceAll("\\p{Cntrl}", "?");
  }
}
