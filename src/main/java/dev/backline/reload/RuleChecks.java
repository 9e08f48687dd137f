package dev.backline.reload;

import dev.backline.apply.Survivorship;
import dev.backline.identity.Words;
import dev.backline.songs.NotSongs;
import dev.backline.songs.VersionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What can be wrong in the words, weights and orders under {@code rules/}. */
final class RuleChecks {
  /** By the file's name: what reads it. */
  private static final Map<String, Consumer<Object>> READERS =
      new TreeMap<>(
          Map.of(
              "recordings", VersionRules::of,
              "setlists", NotSongs::of,
              "survivorship", Survivorship::of,
              "words", Words::of));

  private RuleChecks() {}

  static List<Problem> problems(RouteSet set) {
    List<Problem> problems = new ArrayList<>();
    READERS.forEach(
        (name, reader) -> check(set, set.root() + "/rules/" + name + ".yaml", reader, problems));
    return problems;
  }

  private static void check(
      RouteSet set, String file, Consumer<Object> reader, List<Problem> problems) {
    if (set.text(file) == null) {
      problems.add(new Problem(file, 0, "this file does not exist", "put it back"));
      return;
    }
    try {
      Yaml rules = Yaml.parse(set.text(file));
      try {
        reader.accept(rules.meaning());
      } catch (VersionRules.Unusable e) {
        problems.add(new Problem(file, line(rules, e.path()), e.getMessage(), "mend the rule"));
      } catch (IllegalArgumentException e) {
        problems.add(new Problem(file, rules.line(), e.getMessage(), "mend the rule"));
      }
    } catch (Yaml.Unreadable e) {
      problems.add(
          new Problem(file, e.line(), "this is no YAML: " + e.getMessage(), "mend the line"));
    }
  }

  /** The line of the last field of a path that is there. */
  private static int line(Yaml rules, List<String> path) {
    int line = rules.line();
    Yaml at = rules;
    for (String field : path) {
      at = at.get(field);
      line = at == Yaml.NOTHING ? line : at.line();
    }
    return line;
  }
}
