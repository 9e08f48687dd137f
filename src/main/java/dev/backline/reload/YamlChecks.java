package dev.backline.reload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.util.URISupport;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What can be wrong in route files: each finding with its line. */
final class YamlChecks {
  private static final Set<String> KINDS = Set.of(Definition.ROUTE, Definition.POLICY);
  private static final Set<String> HOLD_EXPRESSIONS =
      Set.of("expression", "correlationExpression", "handled", "continued", "completionPredicate");

  /** Fields whose text names a bean. */
  private static final Set<String> NAME_BEANS =
      Set.of("aggregationStrategy", "executorService", "idempotentRepository");

  /** Fields whose text names a Java class. */
  private static final Set<String> NAME_TYPES =
      Set.of("exception", "exceptionType", "resultType", "unmarshalType", "beanType");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
  private static final Pattern SETTING = Pattern.compile("\\$\\{properties:([^${}:?]+)[}:?]");
  private static final Pattern BEAN = Pattern.compile("\\$\\{bean:(\\w+)(?:\\?method=(\\w+))?");
  private static final Pattern FILE = Pattern.compile("\\bfile:([^\\s?,\"']+)");
  private static final Pattern OPEN = Pattern.compile("\\$\\{[^}]*}");

  private final RouteSet set;
  private final Draft draft;
  private final boolean camelReads;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Definition> routes = new HashMap<>();
  private final Set<String> consumed = new TreeSet<>();
  private String file;

  /**
   * @param camelReads whether Camel shall read each file as well; not where it is about to anyway
   */
  YamlChecks(RouteSet set, Draft draft, boolean camelReads) {
    this.set = set;
    this.draft = draft;
    this.camelReads = camelReads;
  }

  List<Problem> problems() {
    Map<String, Yaml> trees = new TreeMap<>();
    set.routes()
        .forEach(
            (name, text) -> {
              file = name;
              try {
                Yaml tree = Yaml.parse(text);
                entries(tree);
                trees.put(name, tree);
              } catch (Yaml.Unreadable e) {
                found(e.line(), "this is no YAML: " + e.getMessage(), "mend the line");
              }
            });
    trees.forEach(
        (name, tree) -> {
          file = name;
          int before = problems.size();
          tree.walk(this::field);
          if (camelReads && problems.size() == before) {
            asCamelReadsIt(name);
          }
        });
    return problems;
  }

  private void found(int line, String what, String cure) {
    problems.add(new Problem(file, line, what, cure));
  }

  /** What went wrong in the words of who says it, without what it repeats. */
  static String reason(String message) {
    String text = String.valueOf(message).replaceAll("[\\s\\p{Cntrl}]+", " ").trim();
    return text.replaceFirst("^.* due to: ", "").replaceFirst("^.* because: ", "");
  }

  // --- Routes and ids ---------------------------------------------------------------------------

  private void entries(Yaml tree) {
    if (tree.items().isEmpty()) {
      found(1, "this file holds no list of routes", "write '- route:' or remove the file");
      return;
    }
    for (Yaml entry : tree.items()) {
      if (entry.fields().size() != 1 || !KINDS.containsAll(entry.fields().keySet())) {
        found(
            entry.line(),
            "this is neither a route nor a routeConfiguration",
            "write '- route:' with id, from and steps");
        continue;
      }
      String kind = entry.fields().keySet().iterator().next();
      Yaml body = entry.get(kind);
      if (kind.equals(Definition.ROUTE)) {
        route(new Definition(kind, body.text("id"), file, entry.line(), body));
      }
    }
  }

  private void route(Definition route) {
    if (route.id().isBlank()) {
      found(route.line(), "this route has no id", "give it one: it is its name over JMX");
      return;
    }
    Definition former = routes.putIfAbsent(route.id(), route);
    if (former != null) {
      found(
          route.body().get("id").line(),
          "route id " + route.id() + " is already used in " + former.file() + ":" + former.line(),
          "choose another id");
    }
    if (route.from().isBlank()) {
      found(route.line(), "route " + route.id() + " begins nowhere", "write from: with its uri:");
      return;
    }
    String from = route.from();
    if (from.matches("(direct|seda):.*") && !consumed.add(from)) {
      found(
          route.body().get("from").get("uri").line(),
          "another route begins at " + from + " already",
          "give one of them another name");
    }
  }

  // --- Fields -----------------------------------------------------------------------------------

  private void field(Yaml holder, String name, Yaml value) {
    if (name.equals("steps")) {
      steps(value);
    }
    if (HOLD_EXPRESSIONS.contains(name) && value.isMapping()) {
      expression(value);
    }
    if (!value.isText()) {
      if (value.get("ref").isText()) {
        bean(value.get("ref").line(), value.text("ref"), value.text("method"));
      }
      return;
    }
    String text = value.text();
    int before = problems.size();
    placeholders(value.line(), text);
    files(value.line(), text);
    Matcher inline = BEAN.matcher(text);
    while (inline.find()) {
      bean(value.line(), inline.group(1), inline.group(2) == null ? "" : inline.group(2));
    }
    if (NAME_BEANS.contains(name) || (name.endsWith("Ref") && !text.contains("$"))) {
      reference(value.line(), text);
    }
    if (NAME_TYPES.contains(name) && !draft.hasType(text)) {
      found(value.line(), "there is no class " + text, "mend its name");
    }
    boolean endpoint = name.equals("uri") || name.endsWith("Uri");
    if (endpoint && problems.size() == before) {
      endpoint(value.line(), text, holder.get("parameters"));
    }
  }

  private void steps(Yaml steps) {
    for (Yaml step : steps.items()) {
      if (step.fields().size() != 1) {
        found(step.line(), "this step is not one word with its fields", "write '- to: {uri: …}'");
        continue;
      }
      step.fields()
          .forEach(
              (word, body) -> {
                if (body.isText() && !body.text().isEmpty()) {
                  found(
                      body.line(),
                      word + ": " + body.text() + " is shorthand",
                      "write its fields, such as to: {uri: …}");
                }
              });
    }
  }

  private void placeholders(int line, String text) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      String key = placeholder.group(1).trim();
      if (key.startsWith("?")) {
        continue; // Left out where it is not set.
      }
      try {
        draft.resolve("{{" + key + "}}");
      } catch (RuntimeException e) {
        setting(line, key);
      }
    }
    Matcher setting = SETTING.matcher(text);
    while (setting.find()) {
      if (!draft.hasSetting(setting.group(1))) {
        setting(line, setting.group(1));
      }
    }
  }

  private void setting(int line, String key) {
    found(
        line,
        "there is no setting " + key,
        "mend its name or add it to config/application.properties");
  }

  private void files(int line, String text) {
    Matcher named = FILE.matcher(text);
    while (named.find()) {
      String name = named.group(1);
      boolean ours = name.startsWith(set.root() + "/");
      if (ours && !name.contains("{") && !name.contains("$") && set.text(name) == null) {
        found(line, name + " does not exist", "mend its name or put the file there");
      }
    }
  }

  private void reference(int line, String text) {
    if (text.startsWith("#class:")) {
      String type = text.substring("#class:".length()).replaceFirst("[(#].*", "");
      if (!draft.hasType(type)) {
        found(line, "there is no class " + type, "mend its name");
      }
    } else {
      bean(line, text.replaceFirst("^#(bean:)?", ""), "");
    }
  }

  private void bean(int line, String name, String method) {
    Object bean = draft.bean(name);
    if (bean == null) {
      found(line, "there is no bean " + name, "mend its name; Wiring.java lists what there is");
    } else if (!method.isEmpty()
        && Arrays.stream(bean.getClass().getMethods())
            .noneMatch(one -> one.getName().equals(method.replaceFirst("\\(.*", "")))) {
      found(line, "bean " + name + " has no method " + method, "mend its name");
    }
  }

  // --- Expressions ------------------------------------------------------------------------------

  private void expression(Yaml holder) {
    holder
        .fields()
        .forEach(
            (word, body) -> {
              String language = word.equals("language") ? body.text("language") : word;
              String service = language.equals("method") ? "bean" : language;
              if (!draft.has("language", service)) {
                found(body.line(), "there is no language " + language, "mend its name");
                return;
              }
              Yaml text = body.get("expression");
              if (text.isText() && !text.text().startsWith("resource:")) {
                readable(language, text);
              }
            });
  }

  private void readable(String language, Yaml expression) {
    try {
      String text = draft.resolve(expression.text());
      if (language.equals("jq")) {
        JsonQuery.compile(text, Versions.JQ_1_7);
      } else if (language.equals("simple")) {
        draft.expression(language, text);
      }
    } catch (JsonQueryException | RuntimeException e) {
      if (!String.valueOf(e.getMessage()).contains("{{")) { // A missing setting is said already.
        found(
            expression.line(),
            "this is no " + language + " expression: " + MappingChecks.firstLine(e),
            "mend it");
      }
    }
  }

  // --- Endpoints --------------------------------------------------------------------------------

  private void endpoint(int line, String uri, Yaml parameters) {
    if (uri.contains("?")) {
      found(line, "options stand in the uri " + uri, "write them under parameters:");
      return;
    }
    if (uri.contains("${")) {
      expand(uri).stream()
          .filter(one -> !consumed.contains(one) && !one.contains("${"))
          .forEach(one -> nobody(line, one));
      return;
    }
    String resolved = draft.resolve(uri);
    String scheme = resolved.contains(":") ? resolved.substring(0, resolved.indexOf(':')) : "";
    if (!draft.has("component", scheme)) {
      found(line, "there is no component '" + scheme + "' for " + uri, "mend the uri");
      return;
    }
    if (resolved.startsWith("direct:") && !consumed.contains(resolved)) {
      nobody(line, resolved);
      return;
    }
    try {
      draft.endpoint(resolved + query(parameters));
    } catch (RuntimeException e) {
      String said = reason(e.getMessage());
      if (said.contains("{{")) {
        return; // A missing setting, which is said where it stands.
      }
      found(line, "there can be no endpoint " + uri + ": " + said, "mend its uri or parameters");
    }
  }

  private void nobody(int line, String uri) {
    found(line, "no route begins at " + uri, "mend the name or add the route");
  }

  private String query(Yaml parameters) {
    Map<String, Object> options = new TreeMap<>();
    parameters
        .fields()
        .forEach(
            (name, value) -> {
              if (value.isText() && !value.text().startsWith("{{?")) {
                options.put(name, draft.resolve(value.text()));
              }
            });
    return options.isEmpty() ? "" : "?" + URISupport.createQueryString(options);
  }

  /** The endpoints that a {@code direct:} with the name of a source in it stands for. */
  private Set<String> expand(String uri) {
    Set<String> expanded = new TreeSet<>();
    if (!uri.startsWith("direct:")) {
      return expanded;
    }
    sources()
        .forEach(
            (source, kinds) -> {
              String mine = uri.replaceAll("\\$\\{exchangeProperty\\.(record\\.)?source}", source);
              if (OPEN.matcher(mine).find()) {
                kinds.forEach(
                    kind ->
                        expanded.add(
                            mine.replaceAll("\\$\\{exchangeProperty\\.(record\\.)?kind}", kind)));
              } else {
                expanded.add(mine);
              }
            });
    return expanded;
  }

  /** Folders below sources that hold a route file of their name; each with the kinds it maps. */
  private SortedMap<String, Set<String>> sources() {
    SortedMap<String, Set<String>> sources = new TreeMap<>();
    Pattern own = Pattern.compile(".*/sources/([^/]+)/\\1\\.camel\\.yaml");
    for (String name : set.names()) {
      Matcher matcher = own.matcher(name);
      if (matcher.matches()) {
        sources.put(matcher.group(1), kinds(matcher.group(1)));
      }
    }
    return sources;
  }

  private Set<String> kinds(String source) {
    return set.below("sources/" + source, ".jq").keySet().stream()
        .map(name -> name.substring(name.lastIndexOf('/') + 1, name.length() - ".jq".length()))
        .filter(name -> name.indexOf('.') < 0) // a plan or what follows from a page is no mapping
        .collect(Collectors.toSet());
  }

  // --- Camel's own eyes -------------------------------------------------------------------------

  private void asCamelReadsIt(String name) {
    try {
      draft.read(name);
    } catch (Exception e) {
      for (Throwable t = e; t != null; t = t.getCause() == t ? null : t.getCause()) {
        if (t instanceof MarkedYamlEngineException marked) {
          int line = marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
          found(line, "Camel cannot read this: " + marked.getProblem(), "mend the word");
          return;
        }
      }
      Throwable root = e;
      while (root.getCause() != null && root.getCause() != root) {
        root = root.getCause();
      }
      String said = String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT);
      found(0, "Camel cannot read this file: " + said, "mend what it names");
    }
  }
}
