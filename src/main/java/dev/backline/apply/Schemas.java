package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The contracts between mappings and the catalogue: {@code routes/entities/<kind>.schema.json}. */
public final class Schemas {
  private static final String SUFFIX = ".schema.json";
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final Map<String, JsonSchema> byKind = new TreeMap<>();

  /**
   * @throws IllegalArgumentException with the file's name when one is not a JSON Schema
   */
  public Schemas(Path folder) {
    this(read(folder));
  }

  /**
   * @param files the name of each file, ending in {@code <kind>.schema.json}, and what it holds
   * @throws IllegalArgumentException with the file's name when one is not a JSON Schema
   */
  public Schemas(Map<String, String> files) {
    files.forEach(
        (file, text) -> {
          String name = file.substring(file.lastIndexOf('/') + 1);
          if (name.endsWith(SUFFIX)) {
            try {
              byKind.put(name.substring(0, name.length() - SUFFIX.length()), compile(text));
            } catch (RuntimeException e) {
              throw new IllegalArgumentException(
                  file + " is not a JSON Schema: " + e.getMessage(), e);
            }
          }
        });
  }

  private static Map<String, String> read(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        texts.put(file.toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the schemas in " + folder + ": " + e, e);
    }
    return texts;
  }

  private static JsonSchema compile(String text) {
    JsonSchema schema = FACTORY.getSchema(text, CONFIG);
    schema.initializeValidators();
    return schema;
  }

  /**
   * What keeps a text from being a JSON Schema of an entity, by the standard's own schema; empty
   * where nothing does.
   */
  public static List<String> flaws(String text) {
    try {
      compile(text);
      return FACTORY
          .getSchema(SchemaLocation.of(SchemaId.V202012), CONFIG)
          .validate(text, InputFormat.JSON)
          .stream()
          .map(Schemas::readable)
          .sorted()
          .toList();
    } catch (RuntimeException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** Why an entity breaks its contract, field by field; null where it keeps it. */
  public String violations(JsonNode entity) {
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

  /** Why a value breaks a schema of its own, part by part. */
  static List<String> violations(String schema, JsonNode value) {
    return compile(schema).validate(value).stream().map(Schemas::readable).sorted().toList();
  }

  private static String readable(ValidationMessage message) {
    return message.getMessage().replaceFirst("^(/|: )", "").replaceAll("\\p{Cntrl}", "?");
  }
}
