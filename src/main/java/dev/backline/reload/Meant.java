package dev.backline.reload;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engineer has written down as meant: {@code guard: url may become null}, or {@code guard:
 * records may be lost}, anywhere in a changed file, in a comment. Words count for the edit that
 * brings them; those that stood there before allow nothing.
 */
record Meant(Set<String> fields, boolean loses) {
  static final String EMPTY = " may become null";
  static final String LOST = "records may be lost";

  private static final Pattern WORDS =
      Pattern.compile("guard: *(?:(\\w+)" + EMPTY + "|(" + LOST + "))[^\\n]*");

  /**
   * @param former null where it is not known; then all words count
   */
  static Meant by(RouteSet next, RouteSet former) {
    Set<String> fields = new TreeSet<>();
    boolean loses = false;
    for (String name : former == null ? next.names() : next.changedSince(former)) {
      List<String> before = former == null ? List.of() : words(former.text(name));
      for (String words : without(words(next.text(name)), before)) {
        Matcher read = WORDS.matcher(words);
        if (read.matches() && read.group(1) != null) {
          fields.add(read.group(1));
        } else {
          loses = true;
        }
      }
    }
    return new Meant(fields, loses);
  }

  private static List<String> words(String text) {
    return text == null ? List.of() : WORDS.matcher(text).results().map(m -> m.group()).toList();
  }

  private static List<String> without(List<String> all, List<String> some) {
    List<String> rest = new ArrayList<>(all);
    some.forEach(rest::remove);
    return rest;
  }

  boolean empties(String field) {
    return fields.contains(field);
  }
}
