package dev.backline.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a name between dashes, brackets, bars and colons: "Foo Fighters", "VIP". */
final class Parts {
  private static final Pattern SEPARATOR =
      Pattern.compile("\\s+[-–—~•·]+\\s+|\\s*[()\\[\\]|]+\\s*|\\s*:\\s+|,\\s+|\\s+/+\\s+");

  private Parts() {}

  static List<String> of(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : SEPARATOR.split(text)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  /** The text without some of its parts, the separators between the others kept. */
  static String without(String text, List<String> parts) {
    Matcher separator = SEPARATOR.matcher(text);
    StringBuilder kept = new StringBuilder();
    String before = "";
    int from = 0;
    while (from <= text.length()) {
      boolean more = separator.find();
      int to = more ? separator.start() : text.length();
      String part = text.substring(from, to).strip();
      if (!part.isEmpty() && !parts.contains(part)) {
        kept.append(kept.length() == 0 ? "" : before).append(part);
        before = "";
      }
      if (!more) {
        break;
      }
      String found = separator.group().replaceAll("[()\\[\\]]", "");
      before = before.isBlank() ? (found.isBlank() ? " " : found) : before;
      from = separator.end();
    }
    return kept.toString();
  }
}
