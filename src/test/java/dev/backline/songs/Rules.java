package dev.backline.songs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The shipped rules and the labelled tables, as tests read them. */
final class Rules {
  static final Path FILE = Path.of("routes/rules/recordings.yaml");
  private static final Path TABLES = Path.of("src/test/resources/songs");

  private Rules() {}

  static Map<String, Object> tree() {
    try {
      @SuppressWarnings("unchecked")
      Map<String, Object> tree =
          new ObjectMapper(new YAMLFactory()).readValue(FILE.toFile(), Map.class);
      return tree;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static VersionRules shipped() {
    return VersionRules.of(tree());
  }

  /** The rows of a table, columns apart. */
  static List<String[]> table(String name) {
    try {
      return Files.readAllLines(TABLES.resolve(name)).stream()
          .filter(line -> !line.startsWith("# ") && !line.isBlank())
          .map(line -> line.split("\t"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
