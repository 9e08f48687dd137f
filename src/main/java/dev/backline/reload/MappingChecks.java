package dev.backline.reload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.apply.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * What can be wrong in mappings, plans and schemas. A mapping is not only read but tried on the
 * sample beside it, because jq says only then that it does not know a function.
 */
final class MappingChecks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LINE = Pattern.compile("at line (\\d+)");
  private static final Pattern INCLUDE =
      Pattern.compile("(?m)^\\s*(?:include|import)\\s+\"([^\"]+)\"");
  private static final Pattern MISSING = Pattern.compile("Function (\\w+)/\\d+ does not exist");

  private final RouteSet set;
  private final Scope scope;
  private final Properties settings;
  private final List<Problem> problems = new ArrayList<>();

  MappingChecks(RouteSet set, Scope scope, Properties settings) {
    this.set = set;
    this.scope = scope;
    this.settings = settings;
  }

  List<Problem> problems() {
    set.below("entities", ".schema.json").forEach(this::schema);
    Schemas schemas = problems.isEmpty() ? new Schemas(set.below("entities", "")) : null;
    Set<String> modules = new TreeSet<>();
    set.below("", ".jq").forEach((name, text) -> includes(name, text, modules));
    for (String name : modules) {
      if (set.text(name) != null) {
        compile(name, set.text(name) + "\nnull");
      }
    }
    boolean usable = problems.isEmpty();
    set.below("", ".jq")
        .forEach(
            (name, text) -> {
              if (modules.contains(name)) {
                return;
              }
              boolean read = compile(name, text);
              if (usable && read && name.endsWith(".plan.jq")) {
                plan(name, text);
              } else if (usable && read && name.endsWith(".follow.jq")) {
                follow(name, text);
              } else if (usable && read) {
                mapping(name, text, schemas);
              }
            });
    return problems;
  }

  private void found(String file, int line, String what, String cure) {
    problems.add(new Problem(file, line, what, cure));
  }

  /** The first line of what the innermost failure says, which is what is wrong. */
  static String firstLine(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    return message.lines().findFirst().orElse(message).strip();
  }

  private static int lineAt(String text, int offset) {
    return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
  }

  private void schema(String name, String text) {
    try {
      JSON.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      found(name, line, "this is no JSON: " + e.getOriginalMessage(), "mend the line");
      return;
    }
    for (String flaw : Schemas.flaws(text)) {
      found(name, lineOfPath(text, flaw), "this is no JSON Schema: " + flaw, "mend it");
    }
  }

  /** The line of the last field that a path such as {@code $.properties.name.type} names. */
  private static int lineOfPath(String text, String flaw) {
    String path = flaw.replaceFirst("[: ].*", "").replaceFirst("^[$/]+\\.?", "");
    int at = 0;
    for (String part : path.split("[./]")) {
      Matcher field = Pattern.compile("\"" + Pattern.quote(part) + "\"\\s*:").matcher(text);
      if (!part.isEmpty() && field.find(at)) {
        at = field.start();
      }
    }
    return lineAt(text, at);
  }

  private void includes(String name, String text, Set<String> modules) {
    Matcher include = INCLUDE.matcher(text);
    while (include.find()) {
      String module = set.module(include.group(1));
      modules.add(module);
      if (set.text(module) == null) {
        found(
            name,
            lineAt(text, include.start(1)),
            "there is no module " + module,
            "mend the name or put the file there");
      }
    }
  }

  private boolean compile(String name, String text) {
    try {
      JsonQuery.compile(text, Versions.JQ_1_7);
      return true;
    } catch (JsonQueryException | RuntimeException | Error e) {
      if (e instanceof VirtualMachineError broken && !(e instanceof StackOverflowError)) {
        throw broken;
      }
      String what = firstLine(e);
      Matcher line = LINE.matcher(what);
      int last = (int) set.text(name).lines().count();
      int at = line.find() ? Math.min(Integer.parseInt(line.group(1)), last) : 0;
      what = what.replaceFirst(",? at line \\d+, column \\d+\\.?", "");
      found(name, at, "this is no jq: " + what, "mend the line");
      return false;
    }
  }

  private void mapping(String name, String text, Schemas schemas) {
    String sample = set.text(name.replaceFirst("\\.jq$", ".sample.json"));
    if (sample == null) {
      return;
    }
    JsonNode record;
    try {
      record = JSON.readTree(sample);
    } catch (JsonProcessingException e) {
      return; // A sample is for tests; a broken one hinders no route.
    }
    List<JsonNode> results = apply(name, text, record, "on its sample");
    if (results == null) {
      return;
    }
    if (results.size() != 1 || !results.get(0).isObject()) {
      found(name, 0, "this makes no object of its sample", "let it end in one object");
      return;
    }
    JsonNode entity = results.get(0);
    if (entity.hasNonNull("skip") || schemas == null) {
      return;
    }
    String violations = schemas.violations(entity);
    if (violations != null) {
      found(
          name,
          0,
          "what this makes of its sample breaks its schema: " + violations,
          "mend the mapping, or the schema, or the sample");
    }
  }

  private void plan(String name, String text) {
    List<JsonNode> results = apply(name, text, input(name), "without parameters");
    if (results == null) {
      return;
    }
    JsonNode planned = results.size() == 1 ? results.get(0) : JSON.nullNode();
    if (!planned.isArray() && !planned.hasNonNull("refused")) {
      found(name, 0, "this gives no array of requests", "let it end in one array");
    }
  }

  private void follow(String name, String text) {
    ObjectNode input = input(name);
    input.putObject("request");
    input.putArray("records");
    List<JsonNode> results = apply(name, text, input, "on an empty page");
    if (results != null && (results.size() != 1 || !results.get(0).isObject())) {
      found(name, 0, "this gives no object", "let it end in {requests: [...], skip: {...}}");
    }
  }

  /** What the planner gives a plan, see {@code plan/Planner}. */
  private ObjectNode input(String name) {
    String[] path = name.split("/");
    String job = path[path.length - 1].replaceFirst("\\..*", "");
    ObjectNode input = JSON.createObjectNode();
    input.putObject("parameters");
    put(input.putObject("settings"), path[Math.max(0, path.length - 2)] + ".");
    put(input.putObject("job"), "jobs." + job + ".");
    input.putArray("rows"); // What a statement beside it finds is not known here.
    return input.put("today", "2026-01-01").put("horizon", "2028-01-01");
  }

  private void put(ObjectNode into, String prefix) {
    for (String key : settings.stringPropertyNames()) {
      String value = settings.getProperty(key);
      if (key.startsWith(prefix) && !value.isBlank()) {
        into.put(key.substring(prefix.length()), value);
      }
    }
  }

  private List<JsonNode> apply(String name, String text, JsonNode input, String when) {
    List<JsonNode> results = new ArrayList<>();
    try {
      JsonQuery.compile(text, Versions.JQ_1_7)
          .apply(Scope.newChildScope(scope), input, result -> only(results, result));
      return results;
    } catch (JsonQueryException | RuntimeException | StackOverflowError e) {
      String what = e instanceof StackOverflowError ? "it never ends" : firstLine(e);
      Matcher missing = MISSING.matcher(what);
      if (missing.find()) {
        uses(name, text, missing.group(1), what);
      } else {
        found(name, 0, "this fails " + when + ": " + what, "mend it");
      }
      return null;
    }
  }

  /** A second result ends it: there may be no last one. */
  private static void only(List<JsonNode> results, JsonNode result) throws JsonQueryException {
    if (!results.isEmpty()) {
      throw new JsonQueryException("it gives more than one result");
    }
    results.add(result);
  }

  /** Names the place where a function that does not exist is called: here or in a module. */
  private void uses(String name, String text, String function, String what) {
    Set<String> files = new TreeSet<>();
    Definition.includes(set, text, files);
    List<String> places = new ArrayList<>(List.of(name));
    places.addAll(files);
    for (String file : places) {
      String body = set.text(file).replaceAll("(?m)#.*$", "");
      Matcher use = Pattern.compile("(?<![\\w.$\"])" + function + "\\b").matcher(body);
      if (use.find()) {
        found(file, lineAt(body, use.start()), what, "mend its name or include its module");
        return;
      }
    }
    found(name, 0, what, "mend its name or include its module");
  }
}
