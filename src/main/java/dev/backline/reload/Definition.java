package dev.backline.reload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One route, or one error policy, of a route file.
 *
 * @param kind {@code route} or {@code routeConfiguration}
 * @param id empty for the policy that is everybody's
 * @param body what stands under its kind
 */
record Definition(String kind, String id, String file, int line, Yaml body) {
  static final String ROUTE = "route";
  static final String POLICY = "routeConfiguration";

  private static final Pattern FILE = Pattern.compile("\\bfile:([^\\s?,\"']+)");
  private static final Pattern INCLUDE =
      Pattern.compile("(?m)^\\s*(?:include|import)\\s+\"([^\"]+)\"");

  /** All of a set that can be read, in the order of files and lines. */
  static List<Definition> of(RouteSet set) {
    List<Definition> all = new ArrayList<>();
    set.routes()
        .forEach(
            (file, text) -> {
              try {
                for (Yaml entry : Yaml.parse(text).items()) {
                  entry
                      .fields()
                      .forEach(
                          (kind, body) ->
                              all.add(
                                  new Definition(kind, body.text("id"), file, entry.line(), body)));
                }
              } catch (Yaml.Unreadable e) {
                // RouteChecks says so, with its line.
              }
            });
    return all;
  }

  /** The routes of a set by their ids. */
  static SortedMap<String, Definition> routes(RouteSet set) {
    return routes(of(set));
  }

  /** The routes among definitions by their ids. */
  static SortedMap<String, Definition> routes(List<Definition> all) {
    SortedMap<String, Definition> routes = new TreeMap<>();
    all.stream().filter(Definition::isRoute).forEach(one -> routes.put(one.id, one));
    return routes;
  }

  /** Ids of the routes that begin at these {@code direct:} names, and of all that they call. */
  static Set<String> reached(Map<String, Definition> routes, Set<String> from) {
    Map<String, Definition> byName = new TreeMap<>();
    routes.values().stream()
        .filter(route -> route.direct() != null)
        .forEach(route -> byName.put(route.direct(), route));
    Set<String> found = new TreeSet<>();
    for (Deque<String> open = new ArrayDeque<>(from); !open.isEmpty(); ) {
      Definition route = byName.get(open.pop());
      if (route != null && found.add(route.id)) {
        route.body.walk(
            (holder, name, value) -> {
              if (name.equals("uri") && value.isText() && value.text().startsWith("direct:")) {
                open.push(value.text().substring("direct:".length()));
              }
            });
      }
    }
    return found;
  }

  boolean isRoute() {
    return kind.equals(ROUTE);
  }

  /** Where it begins, such as {@code direct:land}. */
  String from() {
    return body.get("from").text("uri");
  }

  /** What the endpoint {@code direct:<name>} that it consumes is called; null for others. */
  String direct() {
    String from = from();
    return from.startsWith("direct:") ? from.substring("direct:".length()) : null;
  }

  /** Names of the files under the folder of the routes that it is made from, beside its own. */
  Set<String> files(RouteSet set) {
    Set<String> found = new TreeSet<>();
    body.walk(
        (holder, name, value) -> {
          if (value.isText()) {
            Matcher file = FILE.matcher(value.text());
            while (file.find()) {
              found.add(file.group(1));
            }
            if (name.equals("expression")) {
              includes(set, value.text(), found);
            }
          }
        });
    for (String file : List.copyOf(found)) {
      if (file.endsWith(".jq") && set.text(file) != null) {
        includes(set, set.text(file), found);
      }
    }
    return found;
  }

  /** Adds the modules that a jq text includes, and those that they include. */
  static void includes(RouteSet set, String text, Set<String> found) {
    Matcher include = INCLUDE.matcher(text);
    while (include.find()) {
      String file = set.module(include.group(1));
      if (found.add(file) && set.text(file) != null) {
        includes(set, set.text(file), found);
      }
    }
  }

  /**
   * What it means: two sets in which this is equal need no change of the route. Holds the route
   * itself, the error policies that govern it and every file that it is made from.
   */
  Object meaning(RouteSet set, List<Definition> all) {
    Map<String, Object> meaning = new TreeMap<>();
    meaning.put("route", body.meaning());
    for (String file : files(set)) {
      meaning.put("file " + file, String.valueOf(set.text(file)));
    }
    String named = body.text("routeConfigurationId");
    for (Definition policy : all) {
      boolean governs = named.isEmpty() ? policy.id.isEmpty() : !policy.id.isEmpty();
      if (policy.kind.equals(POLICY) && governs) {
        meaning.put("policy " + policy.id, policy.body.meaning());
        for (String file : policy.files(set)) {
          meaning.put("file " + file, String.valueOf(set.text(file)));
        }
      }
    }
    return meaning;
  }
}
