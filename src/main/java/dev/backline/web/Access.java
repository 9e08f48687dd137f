package dev.backline.web;

import dev.backline.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who may call what on the public port: the table in {@code config/access.conf}. What it does not
 * list is an operator's, so a route without a line is closed to everybody else.
 */
final class Access {
  /**
   * One line.
   *
   * @param path as routes write it, {@code /api/shows/{id}}
   */
  record Rule(Who who, String method, String path) {
    private boolean matches(List<String> segments) {
      List<String> own = segments(path);
      if (own.size() != segments.size()) {
        return false;
      }
      for (int i = 0; i < own.size(); i++) {
        if (!isParameter(own.get(i)) && !own.get(i).equals(segments.get(i))) {
          return false;
        }
      }
      return true;
    }

    private long parameters() {
      return segments(path).stream().filter(Rule::isParameter).count();
    }

    private static boolean isParameter(String segment) {
      return segment.startsWith("{");
    }
  }

  /** What a caller may do with a path. */
  enum Verdict {
    ALLOWED,
    /** The path takes other methods from this caller. */
    OTHER_METHOD,
    /** Nobody is known by these credentials. */
    UNKNOWN_CALLER,
    /** The caller is known, and may not. */
    FORBIDDEN
  }

  private final List<Rule> rules;

  Access(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads the table: a line is {@code who METHOD path}, {@code #} starts a comment.
   *
   * @throws Settings.Invalid that names the line
   */
  static Access load(Path file) {
    try {
      return parse(file.toString(), Files.readAllLines(file));
    } catch (IOException e) {
      throw new Settings.Invalid("cannot read " + file + "; start Backline from its folder");
    }
  }

  static Access parse(String file, List<String> lines) {
    List<Rule> rules = new ArrayList<>();
    for (int n = 0; n < lines.size(); n++) {
      String line = lines.get(n).replaceFirst("#.*", "").trim();
      if (!line.isEmpty()) {
        rules.add(rule(file + " line " + (n + 1), line));
      }
    }
    return new Access(rules);
  }

  private static Rule rule(String where, String line) {
    String[] words = line.split("\\s+");
    String names =
        EnumSet.allOf(Who.class).stream()
            .map(who -> who.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    boolean complete =
        words.length == 3
            && Arrays.asList(names.split(", ")).contains(words[0])
            && words[1].matches("[A-Z]+")
            && words[2].startsWith("/");
    if (!complete) {
      throw new Settings.Invalid(
          where + " is no rule: '" + line + "'; write who METHOD /path, who being one of " + names);
    }
    return new Rule(Who.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1], words[2]);
  }

  List<Rule> rules() {
    return rules;
  }

  /** The path of the table that a requested one is, whatever the method. */
  Optional<String> path(String requested) {
    return of(requested).stream().map(Rule::path).findFirst();
  }

  /** Whether a rule names these callers, and not all or others, for a method and path. */
  boolean admits(String method, String path, Who who) {
    return of(path).stream()
        .anyMatch(rule -> rule.method().equals(asRead(method)) && rule.who() == who);
  }

  Verdict judge(String method, String path, Who caller) {
    List<Rule> here = of(path);
    Who needed =
        here.stream()
            .filter(rule -> rule.method().equals(asRead(method)))
            .map(Rule::who)
            .findFirst()
            .orElse(null);
    if (needed == null && here.stream().anyMatch(rule -> rule.who().admits(caller))) {
      return Verdict.OTHER_METHOD;
    }
    if ((needed == null ? Who.ADMIN : needed).admits(caller)) {
      return Verdict.ALLOWED;
    }
    return caller == Who.PUBLIC ? Verdict.UNKNOWN_CALLER : Verdict.FORBIDDEN;
  }

  /** The methods that a path takes from this caller, in alphabetical order. */
  Set<String> methods(String path, Who caller) {
    Set<String> methods = new TreeSet<>();
    for (Rule rule : of(path)) {
      if (rule.who().admits(caller)) {
        methods.add(rule.method());
        methods.add("OPTIONS");
        if (rule.method().equals("GET")) {
          methods.add("HEAD");
        }
      }
    }
    return methods;
  }

  /** A HEAD is a GET without its body. */
  private static String asRead(String method) {
    return method.equals("HEAD") ? "GET" : method;
  }

  /** Rules of the one path that fits best: a literal segment wins over a parameter. */
  private List<Rule> of(String path) {
    List<String> segments = segments(path);
    List<Rule> matching = rules.stream().filter(rule -> rule.matches(segments)).toList();
    return matching.stream()
        .min(Comparator.comparingLong(Rule::parameters))
        .map(best -> matching.stream().filter(r -> r.path().equals(best.path())).toList())
        .orElse(List.of());
  }

  /** A slash at the end changes nothing, as for the router. */
  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", 0)).skip(1).toList();
  }
}
