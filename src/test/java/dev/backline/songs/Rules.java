package dev.backline.songs;

import dev.backline.reload.RouteSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shipped rules and the labelled tables, as tests read them. */
final class Rules {
  private static final Path TABLES = Path.of("src/test/resources/songs");

  private Rules() {}

  static Object tree() {
    return RouteSet.read(Path.of("routes")).tree("routes/rules/recordings.yaml");
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
