package dev.backline.reload;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A kind of record of a source, which one mapping translates. */
record Kind(String source, String kind) implements Comparable<Kind> {
  /** The route that tries records; what it calls decides about all kinds. */
  static final String TRIED_BY = "remap-records";

  private static final Pattern MAPPING = Pattern.compile("[^/]+/sources/([^/]+)/([^/.]+)\\.jq");

  String route() {
    return source + "-" + kind;
  }

  /** The mapping's place. */
  String file(RouteSet set) {
    return set.root() + "/sources/" + source + "/" + kind + ".jq";
  }

  /** All that a set translates. */
  static Set<Kind> of(RouteSet set) {
    Set<Kind> kinds = new TreeSet<>();
    for (String name : set.names()) {
      Matcher mapping = MAPPING.matcher(name);
      if (mapping.matches()) {
        kinds.add(new Kind(mapping.group(1), mapping.group(2)));
      }
    }
    return kinds;
  }

  /**
   * Those of which an edit may make something else: their translator differs; or what translates,
   * judges, resolves and writes them all does.
   */
  static Set<Kind> touched(RouteSet former, RouteSet next) {
    Set<Kind> kinds = of(former);
    kinds.addAll(of(next));
    List<Definition> before = Definition.of(former);
    List<Definition> after = Definition.of(next);
    String schemas = next.root() + "/entities/";
    String rules = next.root() + "/rules/";
    boolean all =
        next.changedSince(former).stream()
                .anyMatch(name -> name.startsWith(schemas) || name.startsWith(rules))
            || differs(TRIED_BY, former, before, next, after);
    if (!all) {
      kinds.removeIf(kind -> !differs(kind.route(), former, before, next, after));
    }
    return kinds;
  }

  private static boolean differs(
      String from,
      RouteSet former,
      List<Definition> before,
      RouteSet next,
      List<Definition> after) {
    return !meaning(from, former, before).equals(meaning(from, next, after));
  }

  /** What all routes mean that are reached from one. */
  private static Map<String, Object> meaning(String from, RouteSet set, List<Definition> all) {
    Map<String, Definition> routes = Definition.routes(all);
    Map<String, Object> meaning = new TreeMap<>();
    for (String id : Definition.reached(routes, Set.of(from))) {
      meaning.put(id, routes.get(id).meaning(set, all));
    }
    return meaning;
  }

  @Override
  public int compareTo(Kind other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : kind.compareTo(other.kind);
  }

  @Override
  public String toString() {
    return source + " " + kind;
  }
}
