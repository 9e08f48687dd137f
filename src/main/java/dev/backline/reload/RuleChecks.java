package dev.backline.reload;

import dev.backline.songs.VersionRules;
import java.util.List;

/** What can be wrong in the words and weights under {@code rules/}. */
final class RuleChecks {
  private static final String RECORDINGS = "/rules/recordings.yaml";

  private RuleChecks() {}

  static List<Problem> problems(RouteSet set) {
    String file = set.root() + RECORDINGS;
    if (set.text(file) == null) {
      return List.of(new Problem(file, 0, "this file does not exist", "put it back"));
    }
    try {
      Yaml rules = Yaml.parse(set.text(file));
      try {
        VersionRules.of(rules.meaning());
        return List.of();
      } catch (VersionRules.Unusable e) {
        return List.of(new Problem(file, line(rules, e.path()), e.getMessage(), "mend the rule"));
      }
    } catch (Yaml.Unreadable e) {
      return List.of(
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
