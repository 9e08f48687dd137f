package dev.backline.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The files under {@code routes/} as the guards read them: text, tree, routes by id. */
final class RouteFiles {
  static final Path ROUTES = Path.of("routes");
  static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private RouteFiles() {}

  /**
   * One route.
   *
   * @param body what stands under {@code route:}
   */
  record Route(Path file, JsonNode body) {
    String id() {
      return body.path("id").asText();
    }

    String from() {
      return body.path("from").path("uri").asText();
    }

    /** {@code direct}, {@code seda}, {@code scheduler} … */
    String scheme() {
      return from().substring(0, from().indexOf(':'));
    }

    /** What follows the scheme. */
    String name() {
      return from().substring(from().indexOf(':') + 1);
    }

    boolean callerDecides() {
      return body.path("routeConfigurationId").asText().equals("caller-decides");
    }
  }

  /** Every regular file under a folder whose name ends so, in order. */
  static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(suffix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> yaml() {
    return files(ROUTES, ".camel.yaml");
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(Path file) {
    try {
      return YAML.readTree(text(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is not YAML", e);
    }
  }

  static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Path file : yaml()) {
      for (JsonNode entry : tree(file)) {
        if (entry.has("route")) {
          routes.add(new Route(file, entry.get("route")));
        }
      }
    }
    return routes;
  }

  /** Sources are the folders of {@code routes/sources}; each with the kinds that it maps. */
  static Map<String, List<String>> sources() {
    Map<String, List<String>> kinds = new TreeMap<>();
    for (Path file : files(ROUTES.resolve("sources"), ".jq")) {
      String name = file.getFileName().toString();
      if (file.getNameCount() == 4) {
        List<String> mapped =
            kinds.computeIfAbsent(
                file.getParent().getFileName().toString(), s -> new ArrayList<>());
        if (!name.endsWith(".plan.jq") && !name.endsWith(".follow.jq")) {
          mapped.add(name.substring(0, name.length() - ".jq".length()));
        }
      }
    }
    return kinds;
  }

  /** Visits every field of a tree, at every depth. */
  static void visit(JsonNode node, BiConsumer<String, JsonNode> visitor) {
    node.properties()
        .forEach(
            field -> {
              visitor.accept(field.getKey(), field.getValue());
              visit(field.getValue(), visitor);
            });
    if (node.isArray()) {
      node.forEach(item -> visit(item, visitor));
    }
  }

  /** The values of all fields of these names, at every depth. */
  static List<JsonNode> all(JsonNode node, String... names) {
    List<JsonNode> found = new ArrayList<>();
    visit(
        node,
        (name, value) -> {
          if (List.of(names).contains(name)) {
            found.add(value);
          }
        });
    return found;
  }
}
