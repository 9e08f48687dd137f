package dev.backline.cli;

import dev.backline.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a command's words may name; anything else is wrong usage that lists what there is. */
final class Known {
  static final List<String> RECORD_STATES =
      List.of("landed", "applied", "rejected", "skipped", "dead");
  static final List<String> LETTER_STATES = List.of("open", "replayed", "discarded");

  private Known() {}

  static void source(Settings settings, String source) {
    if (!settings.sources().contains(source)) {
      throw new WrongUsage(
          "there is no source '"
              + source
              + "'; the sources are "
              + String.join(", ", settings.sources()));
    }
  }

  /** A kind of record that a source has a mapping for. */
  static void kind(String source, String kind) {
    List<String> kinds = kinds(source);
    if (!kinds.contains(kind)) {
      throw new WrongUsage(
          "there is no mapping "
              + Path.of("routes", "sources", source, kind + ".jq")
              + " for kind '"
              + kind
              + "'; the kinds of "
              + source
              + " are "
              + String.join(", ", kinds));
    }
  }

  private static List<String> kinds(String source) {
    try (Stream<Path> files = Files.list(Path.of("routes", "sources", source))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[a-z-]+\\.jq"))
          .map(name -> name.substring(0, name.length() - ".jq".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  static void state(String state, List<String> states) {
    if (!states.contains(state)) {
      throw new WrongUsage(
          "there is no state '" + state + "'; the states are " + String.join(", ", states));
    }
  }

  static void limit(int limit) {
    if (limit < 1) {
      throw new WrongUsage("--limit must be 1 or more");
    }
  }
}
