package dev.backline.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.backline.testkit.WorkedExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.module.loaders.BuiltinModuleLoader;
import net.thisptr.jackson.jq.module.loaders.ChainedModuleLoader;
import net.thisptr.jackson.jq.module.loaders.FileSystemModuleLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every mapping {@code routes/sources/<source>/<kind>.jq}: its sample gives what is expected, and
 * damage to any one field of the sample costs that field, not the record.
 */
class MappingsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SOURCES = Path.of("routes", "sources");
  private static final Path SCHEMAS = Path.of("routes", "entities");

  /** Fields without which a record is broken or outside the catalogue; all others are optional. */
  private static final Pattern MAY_COST_THE_RECORD =
      Pattern.compile(
          "/(name|id|test|dates|dates/start|dates/start/localDate|classifications.*|date|eventDate|datetime)");

  private static final Map<Path, JsonSchema> SCHEMA_OF = new HashMap<>();

  private static final int MOST_FIELDS_ONE_DAMAGE_REACHES = 3;

  static List<Path> mappings() throws IOException {
    try (Stream<Path> files = Files.find(SOURCES, 2, (path, attributes) -> isMapping(path))) {
      return files.sorted().toList();
    }
  }

  private static boolean isMapping(Path path) {
    String name = path.toString();
    return name.endsWith(".jq")
        && !name.endsWith(".plan.jq")
        && !name.endsWith(".follow.jq")
        && SOURCES.relativize(path).getNameCount() == 2;
  }

  @Test
  void mappings_areFound() throws IOException {
    assertThat(mappings()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void mapping_hasASampleAndWhatIsExpectedOfIt(Path mapping) {
    assertThat(beside(mapping, ".sample.json")).exists();
    assertThat(beside(mapping, ".expected.json")).exists();
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void sample_mapsToWhatIsExpected(Path mapping) throws IOException {
    JsonNode sample = JSON.readTree(beside(mapping, ".sample.json").toFile());
    JsonNode expected = JSON.readTree(beside(mapping, ".expected.json").toFile());

    assertThat(compile(mapping).map(sample)).isEqualTo(expected);
    assertThat(violations(expected)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void recordThatIsNoObject_failsAndSaysSo(Path mapping) throws IOException {
    Mapping query = compile(mapping);
    String kind = mapping.getFileName().toString().replace(".jq", "");

    for (JsonNode record : damages()) {
      if (record.isObject() || record.isMissingNode()) {
        continue;
      }
      assertThat(failure(query, record)).startsWith(kind + ": expected an object, got ");
    }
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void damagedField_costsThatFieldAndNotTheRecord(Path mapping) throws IOException {
    Mapping query = compile(mapping);
    JsonNode sample = JSON.readTree(beside(mapping, ".sample.json").toFile());
    JsonNode expected = JSON.readTree(beside(mapping, ".expected.json").toFile());

    for (String pointer : pointers(sample)) {
      for (JsonNode damage : damages()) {
        String what = abbreviated(pointer + " = " + damage);
        JsonNode damaged = damaged(sample, pointer, damage);
        if (MAY_COST_THE_RECORD.matcher(pointer).matches()) {
          assertThat(reasonOfLoss(query, damaged)).as(what).matches(names(pointer));
        } else {
          JsonNode entity = query.map(damaged);
          assertThat(violations(entity)).as(what).isEmpty();
          assertThat(changed(expected, entity))
              .as(what)
              .hasSizeLessThanOrEqualTo(
                  Math.max(MOST_FIELDS_ONE_DAMAGE_REACHES, pointers(sample.at(pointer)).size()));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event", "venue", "artist"})
  void mappingOfTheWorkedExample_keepsTheSameRules(String kind, @TempDir Path folder)
      throws IOException {
    Path mapping = WorkedExample.write(kind + ".jq", folder);
    WorkedExample.write(kind + ".sample.json", folder);
    WorkedExample.write(kind + ".expected.json", folder);

    sample_mapsToWhatIsExpected(mapping);
    recordThatIsNoObject_failsAndSaysSo(mapping);
    damagedField_costsThatFieldAndNotTheRecord(mapping);
  }

  /** No reason at all, a skip, or a reason that names the damaged field. */
  private static Pattern names(String pointer) {
    String field = pointer.substring(pointer.lastIndexOf('/') + 1);
    return Pattern.compile(
        "|skip: [a-z-]+|.*\\b(dates|local_date|title|" + field + "|" + snake(field) + ")\\b.*",
        Pattern.DOTALL);
  }

  private static String snake(String field) {
    return field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** Why no valid entity comes out of a record; empty where one does. */
  private static String reasonOfLoss(Mapping query, JsonNode record) throws IOException {
    JsonNode entity;
    try {
      entity = query.map(record);
    } catch (JsonQueryException e) {
      return e.getMessage();
    }
    return entity.has("skip")
        ? "skip: " + entity.get("skip").asText()
        : String.join("; ", violations(entity));
  }

  private static String failure(Mapping query, JsonNode record) {
    try {
      return "no failure but " + query.map(record);
    } catch (JsonQueryException e) {
      return e.getMessage();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> changed(JsonNode expected, JsonNode entity) {
    List<String> changed = new ArrayList<>();
    expected
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!expected.get(field).equals(entity.get(field))) {
                changed.add(field);
              }
            });
    return changed;
  }

  /** What may stand in the place of any field; a missing node removes it. */
  private static List<JsonNode> damages() throws IOException {
    List<JsonNode> damages = new ArrayList<>();
    damages.add(MissingNode.getInstance());
    String values =
        "[null, true, false, 0, -7, 1e300, 12345678901234567890, \"\", \"damage\", [], {},"
            + " [null, \"damage\", 7, [[]], {}], "
            + " {\"damage\": 7, \"id\": 7, \"name\": [], \"url\": {}},"
            + " \"a\\u0000b\", \" \\u200b\\u202e \", \"NaN\", \"1e999\"]";
    JSON.readTree(values).forEach(damages::add);
    damages.add(JSON.getNodeFactory().textNode("long ".repeat(4000)));
    damages.add(JSON.getNodeFactory().textNode(" ".repeat(20_000)));
    damages.add(JSON.readTree("[".repeat(900) + "]".repeat(900)));
    return damages;
  }

  private static List<String> pointers(JsonNode node) {
    List<String> pointers = new ArrayList<>();
    collect(node, "", pointers);
    return pointers;
  }

  private static void collect(JsonNode node, String at, List<String> pointers) {
    if (!at.isEmpty()) {
      pointers.add(at);
    }
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(name -> collect(object.get(name), at + "/" + name, pointers));
    } else {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), at + "/" + i, pointers);
      }
    }
  }

  private static JsonNode damaged(JsonNode sample, String pointer, JsonNode damage) {
    JsonNode copy = sample.deepCopy();
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = copy.at(pointer.substring(0, slash));
    String last = pointer.substring(slash + 1);
    if (parent instanceof ArrayNode array) {
      int index = Integer.parseInt(last);
      if (damage.isMissingNode()) {
        array.remove(index);
      } else {
        array.set(index, damage);
      }
    } else if (damage.isMissingNode()) {
      ((ObjectNode) parent).remove(last);
    } else {
      ((ObjectNode) parent).set(last, damage);
    }
    return copy;
  }

  private static String abbreviated(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  private static List<String> violations(JsonNode entity) {
    Path file = SCHEMAS.resolve(entity.path("entity").asText() + ".schema.json");
    assertThat(file).as("schema of " + abbreviated(entity.toString())).exists();
    return SCHEMA_OF.computeIfAbsent(file, MappingsTest::schema).validate(entity).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static JsonSchema schema(Path file) {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    try {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Files.readString(file), config);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path beside(Path mapping, String suffix) {
    return mapping.resolveSibling(mapping.getFileName().toString().replace(".jq", suffix));
  }

  private interface Mapping {
    JsonNode map(JsonNode record) throws IOException;
  }

  private static Mapping compile(Path file) throws IOException {
    Scope scope = Scope.newEmptyScope();
    BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_7, scope);
    scope.setModuleLoader(
        new ChainedModuleLoader(
            BuiltinModuleLoader.getInstance(),
            new FileSystemModuleLoader(scope, Versions.JQ_1_7, SOURCES.toAbsolutePath())));
    JsonQuery query = JsonQuery.compile(Files.readString(file), Versions.JQ_1_7);
    return record -> {
      List<JsonNode> out = new ArrayList<>();
      query.apply(Scope.newChildScope(scope), record, out::add);
      assertThat(out).as("one record in, one entity out").hasSize(1);
      return JSON.readTree(out.get(0).toString());
    };
  }
}
