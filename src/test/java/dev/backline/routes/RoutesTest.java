package dev.backline.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationMessage;
import dev.backline.Settings;
import dev.backline.routes.RouteFiles.Route;
import dev.backline.testkit.WorkedExample;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every file under {@code routes/}, whoever writes the next one. */
class RoutesTest {
  /** Set by the node when it starts, not by a file. */
  private static final Set<String> COMPUTED =
      Set.of(
          "backline.applies",
          "backline.fetches",
          "backline.node",
          "backline.schedules",
          "backline.serves",
          "backline.workers",
          "backline.works");

  /** Statements whose rows are the body, by the route that goes on with them. */
  private static final Set<String> ROWS_ARE_THE_BODY =
      Set.of(
          "raw-records companion-records.sql",
          "close-runs complete-runs.sql",
          "heartbeat heartbeat.sql",
          "retries retry-requests.sql",
          "setlist-votes setlist-votes.sql",
          "job-document api-job.sql");

  /** Found by components by their type, named in no route. */
  private static final Set<String> FOUND_BY_TYPE = Set.of("dataSource", "jqScope");

  private static final Set<String> LANGUAGES =
      Set.of(
          "simple",
          "constant",
          "jq",
          "method",
          "header",
          "exchangeProperty",
          "tokenize",
          "jsonpath",
          "xpath",
          "groovy",
          "language",
          "ref");

  private static final Path JAVA = Path.of("src/main/java");
  private static final Path WIRING = JAVA.resolve("dev/backline/Wiring.java");

  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    try (InputStream in = RoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
      JsonNode schema = new ObjectMapper().readTree(in);
      return JsonSchemaFactory.getInstance(SpecVersionDetector.detect(schema)).getSchema(schema);
    } catch (IOException e) {
      throw new IllegalStateException("camel-yaml-dsl holds no schema", e);
    }
  }

  static List<Path> files() {
    return RouteFiles.yaml();
  }

  static List<Route> routes() {
    return RouteFiles.routes();
  }

  static List<Path> statements() {
    return RouteFiles.files(RouteFiles.ROUTES.resolve("sql"), ".sql");
  }

  // --- Files ------------------------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("files")
  void file_keepsTheSchemaOfTheYamlDsl(Path file) {
    assertThat(violations(RouteFiles.tree(file))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{route: {id: a, from: {uri: 'direct:a', steps: [{stop: {}}]}}}]      | true",
        "[{route: {id: a, from: {uri: 'direct:a', stepz: [{stop: {}}]}}}]      | false",
        "[{route: {id: a, from: {uri: 'direct:a', steps: [{stoop: {}}]}}}]     | false",
        "[{route: {id: a, from: {uri: 'direct:a', steps: [{bean: {reff: x}}]}}}] | false"
      })
  void schema_tellsAKnownStepFromAMisspelledOne(String yaml, boolean valid) throws IOException {
    assertThat(violations(RouteFiles.YAML.readTree(yaml)).isEmpty()).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{route: {id: a, autoStartup: '{{x}}', from: {uri: 'direct:a', steps: [{stop: {}}]}}}] | true",
        "[{route: {id: a, autoStartup: 'true', from: {uri: 'direct:a', steps: [{stop: {}}]}}}]  | false"
      })
  void schema_takesAPlaceholderForAnyTypeButNoOtherText(String yaml, boolean valid)
      throws IOException {
    assertThat(violations(RouteFiles.YAML.readTree(yaml)).isEmpty()).isEqualTo(valid);
  }

  /**
   * What breaks the schema. It knows no placeholders: where it wants a number or a boolean and
   * finds {@code {{key}}}, one is put in its place before the tree is looked at again.
   */
  private static List<String> violations(JsonNode tree) {
    for (ValidationMessage message : SCHEMA.validate(tree)) {
      JsonNode found = message.getInstanceNode();
      if (message.getType().equals("type") && found.asText().matches("\\{\\{[^{}]+}}")) {
        JsonNodePath at = message.getInstanceLocation();
        JsonNode parent = tree;
        for (int i = 0; i < at.getNameCount() - 1; i++) {
          Object step = at.getElement(i);
          parent = step instanceof Integer n ? parent.get(n) : parent.get(String.valueOf(step));
        }
        boolean flag = message.getMessage().endsWith("boolean expected");
        ((ObjectNode) parent).set(at.getName(-1), flag ? BooleanNode.TRUE : IntNode.valueOf(1));
      }
    }
    return SCHEMA.validate(tree).stream().map(Object::toString).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_isWrittenInCanonicalForm(Path file) {
    JsonNode tree = RouteFiles.tree(file);
    assertThat(tree.isArray()).as("%s is a list", file).isTrue();
    for (JsonNode entry : tree) {
      assertThat(entry.properties().stream().map(Map.Entry::getKey))
          .as("%s: each entry is a route or a routeConfiguration", file)
          .hasSize(1)
          .isSubsetOf("route", "routeConfiguration");
    }
    List<String> shorthand = new ArrayList<>();
    shorthand(tree, "", shorthand);
    assertThat(shorthand).as("shorthand in %s", file).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{route: {from: {uri: 'direct:a', steps: [{to: {uri: 'direct:b'}}]}}}] | true",
        "[{route: {from: {uri: 'direct:a', steps: [{to: 'direct:b'}]}}}] | false",
        "[{route: {from: {uri: 'direct:a', steps: [{to: {uri: 'sql:x?noop=true'}}]}}}] | false",
        "[{route: {from: {uri: 'direct:a', steps: [{setBody: {expression: {simple: {expression: a}}}}]}}}] | true",
        "[{route: {from: {uri: 'direct:a', steps: [{setBody: {expression: {simple: a}}}]}}}] | false",
        "[{route: {from: {uri: 'direct:a', steps: [{setBody: {simple: {expression: a}}}]}}}] | false"
      })
  void canonicalForm_isToldFromShorthand(String yaml, boolean canonical) throws IOException {
    List<String> shorthand = new ArrayList<>();
    shorthand(RouteFiles.YAML.readTree(yaml), "", shorthand);
    assertThat(shorthand.isEmpty()).isEqualTo(canonical);
  }

  /**
   * Steps and expressions written as plain text, expressions without their name, queries in URIs.
   */
  private static void shorthand(JsonNode node, String parent, List<String> found) {
    for (var field : node.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (name.equals("steps")) {
        for (JsonNode step : value) {
          if (!step.isObject()
              || step.properties().stream().anyMatch(s -> !s.getValue().isObject())) {
            found.add("step " + step);
          }
        }
      }
      boolean expression =
          LANGUAGES.contains(name) && !parent.equals("steps") && !parent.equals("parameters");
      if (expression && value.isObject() && !HOLDS_EXPRESSION.contains(parent)) {
        found.add(parent + ": " + name + " without expression:");
      } else if (HOLDS_EXPRESSION.contains(parent)
          && LANGUAGES.contains(name)
          && !value.isObject()) {
        found.add(parent + ": " + name + ": " + value);
      }
      if (name.toLowerCase(Locale.ROOT).endsWith("uri") && value.asText().contains("?")) {
        found.add(name + ": " + value + " has a query; write parameters");
      }
      shorthand(value, name, found);
    }
    if (node.isArray()) {
      node.forEach(item -> shorthand(item, parent, found));
    }
  }

  private static final Set<String> HOLDS_EXPRESSION =
      Set.of("expression", "correlationExpression", "handled", "continued", "completionPredicate");

  @ParameterizedTest
  @MethodSource("files")
  void file_beginsWithCommentsThatSayWhatItIs(Path file) {
    List<String> lines = RouteFiles.text(file).lines().toList();
    List<String> comments = lines.stream().takeWhile(line -> line.startsWith("# ")).toList();
    assertThat(comments).as("comment on top of %s", file).hasSizeBetween(2, 4);
    assertThat(lines.get(comments.size())).as("the line after it").startsWith("- route");
    assertThat(String.join(" ", comments)).containsAnyOf("Flow:", "Settings:");
  }

  @Test
  void routesOfTheWorkedExample_keepTheRulesOfFiles(@TempDir Path folder) {
    Path file = WorkedExample.write("gigguide.camel.yaml", folder);
    file_keepsTheSchemaOfTheYamlDsl(file);
    file_isWrittenInCanonicalForm(file);
    file_beginsWithCommentsThatSayWhatItIs(file);
    for (JsonNode entry : RouteFiles.tree(file)) {
      route_isNamedAndDescribed(new Route(file, entry.path("route")));
    }
  }

  // --- Routes -----------------------------------------------------------------------------------

  @Test
  void routeIds_areUnique() {
    List<String> ids = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode entry : RouteFiles.tree(file)) {
        entry.forEach(body -> ids.add(body.path("id").asText("the default")));
      }
    }
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void route_isNamedAndDescribed(Route route) {
    assertThat(route.id()).as("id in %s", route.file()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    assertThat(route.body().path("description").asText())
        .as("description of %s", route.id())
        .matches("[A-Z].{10,200}\\.");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void route_isFoundByTheNameOfItsEndpoint(Route route) {
    if (route.scheme().equals("seda")) {
      assertThat(route.id()).startsWith(route.name());
    } else if (route.scheme().equals("platform-http")) {
      assertThat(route.id()).isEqualTo(idOfPath(route.name()));
      assertThat(route.file().getParent().getFileName())
          .hasToString(route.name().startsWith("/api/") ? "api" : "pages");
    } else {
      assertThat(route.id()).isEqualTo(route.name());
    }
    Path folder = route.file().getParent();
    if (folder.getParent().endsWith("sources")) {
      assertThat(route.id()).as("in %s", folder).startsWith(folder.getFileName() + "-");
    }
    if (folder.endsWith("jobs")) {
      assertThat(route.file().getFileName()).hasToString(route.id() + ".camel.yaml");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/shows,               api-shows",
    "/api/artists/{id}/shows,  api-artists-id-shows",
    "/api/openapi.json,        api-openapi",
    "/,                        page-home",
    "/shows/{id},              page-shows-id"
  })
  void routeOfAPath_isNamedByIt(String path, String id) {
    assertThat(idOfPath(path)).isEqualTo(id);
  }

  private static String idOfPath(String path) {
    String words = path.equals("/") ? "home" : path.substring(1);
    return (path.startsWith("/api/") ? "" : "page-")
        + words.replaceAll("[{}]|\\.json$", "").replace('/', '-');
  }

  @Test
  void routeThatAnswersHttp_hasItsPolicyAndStartsOnlyWhereAPortIsOpen() {
    List<Route> answering =
        RouteFiles.routes().stream().filter(r -> r.scheme().equals("platform-http")).toList();
    assertThat(answering).hasSizeGreaterThan(5);
    for (Route route : answering) {
      JsonNode body = route.body();
      assertThat(body.path("routeConfigurationId").asText())
          .as(route.id())
          .isEqualTo(route.name().startsWith("/api/") ? "problem-document" : "problem-page");
      assertThat(body.path("autoStartup").asText()).as(route.id()).isEqualTo("{{backline.serves}}");
      assertThat(body.at("/from/parameters/httpMethodRestrict").asText())
          .as("methods of %s", route.id())
          .matches("(GET,HEAD|POST|PUT|DELETE)(,(POST|PUT|DELETE))*");
    }
  }

  @Test
  void everyEndpointThatIsCalled_isConsumed() {
    Set<String> consumed = consumed();
    assertThat(called(RouteFiles.routes())).isSubsetOf(consumed).hasSizeGreaterThan(20);
  }

  @Test
  void everyEndpointThatIsConsumed_isCalled() {
    Set<String> called = called(RouteFiles.routes());
    for (Path file : files()) {
      for (JsonNode entry : RouteFiles.tree(file)) {
        RouteFiles.all(entry.path("routeConfiguration"), "uri", "deadLetterUri")
            .forEach(uri -> called.add(uri.asText()));
      }
    }
    java()
        .forEach(
            source ->
                matches(source, "\\b(?:call|requestBody)\\(\\s*\"(?:direct:)?([a-z-]+)\"")
                    .forEach(r -> called.add("direct:" + r)));
    assertThat(consumed()).isSubsetOf(called);
  }

  private static Set<String> consumed() {
    return RouteFiles.routes().stream()
        .filter(route -> Set.of("direct", "seda").contains(route.scheme()))
        .map(Route::from)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> called(List<Route> routes) {
    Set<String> called = new TreeSet<>();
    for (Route route : routes) {
      called.addAll(calledBy(route));
    }
    return called;
  }

  /**
   * The {@code direct:} and {@code seda:} endpoints of a route's steps; of every source, if any.
   */
  private static Set<String> calledBy(Route route) {
    Set<String> called = new TreeSet<>();
    for (JsonNode uri : RouteFiles.all(route.body().path("from").path("steps"), "uri")) {
      if (uri.asText().matches("(direct|seda):.*")) {
        called.addAll(expand(uri.asText()));
      }
    }
    return called;
  }

  private static Set<String> expand(String uri) {
    Set<String> expanded = new TreeSet<>();
    RouteFiles.sources()
        .forEach(
            (source, kinds) -> {
              String mine = uri.replace("${exchangeProperty.source}", source);
              for (String kind : kinds) {
                expanded.add(mine.replace("${exchangeProperty.mapping}", source + "-" + kind));
              }
            });
    return expanded;
  }

  @Test
  void endpointOfASource_isExpandedToEverySource() {
    assertThat(expand("direct:${exchangeProperty.source}-page"))
        .contains("direct:ticketmaster-page");
    assertThat(expand("direct:${exchangeProperty.mapping}"))
        .contains("direct:ticketmaster-event", "direct:ticketmaster-venue")
        .doesNotContain("direct:ticketmaster-upcoming-shows.plan");
  }

  @Test
  void everyTransaction_leavesItsFailuresToTheCaller() {
    Map<String, Route> byEndpoint = new TreeMap<>();
    RouteFiles.routes().forEach(route -> byEndpoint.put(route.from(), route));
    Deque<Route> open = new ArrayDeque<>();
    RouteFiles.routes().stream()
        .filter(route -> !RouteFiles.all(route.body(), "transacted").isEmpty())
        .forEach(open::add);
    assertThat(open).hasSizeGreaterThan(5);
    Set<String> handlesItself = new TreeSet<>();
    Set<Route> seen = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      Route route = open.pop();
      if (seen.add(route)) {
        if (!route.callerDecides()) {
          handlesItself.add(route.id());
        }
        calledBy(route).stream()
            .filter(uri -> uri.startsWith("direct:"))
            .map(byEndpoint::get)
            .forEach(open::add);
      }
    }
    assertThat(handlesItself)
        .as("a failure handled inside a transaction would commit half of it")
        .isEmpty();
  }

  // --- Settings, statements, beans --------------------------------------------------------------

  @Test
  void everyKeyThatRoutesAndStatementsName_isASetting() {
    Settings settings = Settings.load(Path.of("config", "application.properties"), Map.of());
    Set<String> known = new TreeSet<>(settings.keys());
    known.addAll(COMPUTED);
    settings.sources().forEach(source -> known.add(source + ".enabled"));
    Set<String> named = new TreeSet<>();
    List<Path> texts = new ArrayList<>(files());
    texts.addAll(statements());
    for (Path file : texts) {
      for (String key : keys(RouteFiles.text(file))) {
        if (key.contains("${exchangeProperty.source}")) {
          settings
              .sources()
              .forEach(source -> named.add(key.replace("${exchangeProperty.source}", source)));
        } else {
          named.add(key);
        }
      }
    }
    assertThat(named).isSubsetOf(known).hasSizeGreaterThan(15);
  }

  @Test
  void keys_areFoundInEveryNotation() {
    assertThat(
            keys(
                "a {{b.c}} {{d:1}} ${properties:e.f} ${properties:${exchangeProperty.source}.g}"
                    + " ${bean:calls?method=secret('h.i')}"))
        .containsExactlyInAnyOrder("b.c", "d", "e.f", "${exchangeProperty.source}.g", "h.i");
  }

  private static Set<String> keys(String text) {
    Set<String> keys = new TreeSet<>();
    keys.addAll(matches(text, "\\{\\{\\??([^}:]+)(?::[^}]*)?}}"));
    keys.addAll(matches(text, "\\$\\{properties:((?:\\$\\{[^}]*}|[^}:$])+)"));
    keys.addAll(matches(text, "secret\\('([^']+)'\\)"));
    return keys;
  }

  @Test
  void everyStatement_existsAndIsUsed() {
    Set<String> used = new TreeSet<>();
    for (Route route : RouteFiles.routes()) {
      for (JsonNode uri : RouteFiles.all(route.body(), "uri")) {
        if (uri.asText().startsWith("sql:")) {
          assertThat(uri.asText()).as("in %s", route.id()).startsWith("sql:file:routes/sql/");
          used.add(uri.asText().substring("sql:file:".length()));
        }
      }
    }
    java().forEach(source -> used.addAll(matches(source, "\"(routes/sql/[a-z-]+\\.sql)\"")));
    assertThat(statements().stream().map(Path::toString))
        .containsExactlyInAnyOrderElementsOf(used)
        .hasSizeGreaterThan(20);
  }

  static List<Path> everyStatement() {
    return RouteFiles.files(RouteFiles.ROUTES, ".sql");
  }

  @ParameterizedTest
  @MethodSource("everyStatement")
  void statement_beginsWithACommentAndIsOne(Path file) {
    String text = RouteFiles.text(file);
    assertThat(text).as("%s says what it does", file).startsWith("-- ");
    assertThat(text.replaceAll("--.*", "").strip())
        .as("%s is one statement", file)
        .doesNotContain(";");
  }

  @Test
  void showsByArtist_areFoundAsShowsAreButForTheLineUp() {
    String plain = RouteFiles.text(Path.of("routes/sql/api-shows.sql"));
    String byArtist = RouteFiles.text(Path.of("routes/sql/api-shows-by-artist.sql"));
    int start = byArtist.indexOf("    and exists (");
    int end = byArtist.indexOf("), page as materialized");
    String rest = byArtist.substring(0, start) + byArtist.substring(end);
    assertThat(rest.substring(rest.indexOf("\nwith ")))
        .isEqualTo(plain.substring(plain.indexOf("\nwith ")));
  }

  @Test
  void everyStatement_leavesTheBodyOrIsMeantToReplaceIt() {
    Set<String> replacing = new TreeSet<>();
    for (Route route : RouteFiles.routes()) {
      for (JsonNode to : RouteFiles.all(route.body(), "to", "toD")) {
        JsonNode parameters = to.path("parameters");
        if (to.path("uri").asText().startsWith("sql:")
            && !parameters.path("noop").asBoolean()
            && !parameters.has("outputHeader")) {
          replacing.add(route.id() + " " + to.path("uri").asText().replaceFirst(".*/", ""));
        }
      }
    }
    assertThat(replacing).isEqualTo(ROWS_ARE_THE_BODY);
  }

  @Test
  void everyBeanThatRoutesName_isBoundAndHasTheMethod() throws IOException {
    Map<String, Class<?>> bound = bound();
    Set<String> used = new TreeSet<>();
    List<String> missing = new ArrayList<>();
    for (Path file : files()) {
      for (String call : beans(RouteFiles.tree(file))) {
        String[] parts = call.split("\\.");
        used.add(parts[0]);
        Class<?> type = bound.get(parts[0]);
        if (type == null || (parts.length > 1 && !hasMethod(type, parts[1]))) {
          missing.add(file + ": " + call);
        }
      }
    }
    assertThat(missing).isEmpty();
    used.addAll(FOUND_BY_TYPE);
    used.addAll(
        matches(RouteFiles.text(Path.of("config", "application.properties")), "#bean:(\\w+)"));
    try (Stream<Path> statements = Files.list(Path.of("routes", "sql"))) {
      for (Path statement : statements.toList()) {
        used.addAll(matches(RouteFiles.text(statement), "\\$\\{bean:(\\w+)\\?method=\\w+}"));
      }
    }
    assertThat(bound.keySet()).as("bound and used").containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void beans_areFoundInEveryNotation() throws IOException {
    assertThat(
            beans(
                RouteFiles.YAML.readTree(
                    """
                    - bean: {ref: a, method: go}
                    - transacted: {ref: b}
                    - setBody: {expression: {method: {ref: c, method: make}}}
                    - aggregate: {aggregationStrategy: d}
                    - split: {aggregationStrategy: "#class:some.Type"}
                    - idempotentConsumer: {idempotentRepository: "#e"}
                    - onException: {onExceptionOccurredRef: f}
                    - to: {uri: "sql:x", parameters: {dataSource: "#h"}}
                    - log: {message: "${bean:g?method=say(1)}"}
                    """)))
        .containsExactlyInAnyOrder("a.go", "b", "c.make", "d", "e", "f", "g.say", "h");
  }

  private static Set<String> beans(JsonNode tree) {
    Set<String> beans = new TreeSet<>();
    RouteFiles.visit(
        tree,
        (name, value) -> {
          if (value.path("ref").isTextual()) {
            JsonNode method = value.path("method");
            beans.add(
                value.get("ref").asText() + (method.isTextual() ? "." + method.asText() : ""));
          }
          boolean reference =
              name.equals("aggregationStrategy")
                  || name.equals("executorService")
                  || name.equals("dataSource")
                  || name.equals("idempotentRepository")
                  || (name.endsWith("Ref") && value.isTextual());
          if (reference && !value.asText().startsWith("#class:")) {
            beans.add(value.asText().replaceFirst("^#(bean:)?", ""));
          }
          if (value.isTextual()) {
            Matcher inline =
                Pattern.compile("\\$\\{bean:(\\w+)(?:\\?method=(\\w+))?").matcher(value.asText());
            while (inline.find()) {
              beans.add(inline.group(1) + (inline.group(2) == null ? "" : "." + inline.group(2)));
            }
          }
        });
    return beans;
  }

  /** Names and types as Wiring binds them; a type that is not made there is any object. */
  private static Map<String, Class<?>> bound() {
    String wiring = RouteFiles.text(WIRING);
    Map<String, Class<?>> bound = new TreeMap<>();
    Matcher bind =
        Pattern.compile("registry\\.accept\\(\\s*\"(\\w+)\",\\s*(?:new (\\w+)\\(|(\\w+)\\))?")
            .matcher(wiring);
    while (bind.find()) {
      String type =
          bind.group(3) == null
              ? bind.group(2)
              : matches(wiring, "(\\w+) " + bind.group(3) + " =\\s+new ").stream()
                  .findFirst()
                  .orElse(null);
      bound.put(bind.group(1), type == null ? Object.class : imported(wiring, type));
    }
    return bound;
  }

  private static Class<?> imported(String source, String type) {
    try {
      return Class.forName(
          matches(source, "import ([\\w.]+\\." + type + ");").stream()
              .findFirst()
              .orElse("dev.backline." + type));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasMethod(Class<?> type, String name) {
    return Arrays.stream(type.getMethods()).map(Method::getName).anyMatch(name::equals);
  }

  private static List<String> java() {
    return RouteFiles.files(JAVA, ".java").stream().map(RouteFiles::text).toList();
  }

  private static Set<String> matches(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  // --- Mappings ---------------------------------------------------------------------------------

  @Test
  void everyMapping_hasASampleAndWhatItBecomes() {
    RouteFiles.sources()
        .forEach(
            (source, kinds) -> {
              Path folder = RouteFiles.ROUTES.resolve("sources").resolve(source);
              for (String kind : kinds) {
                assertThat(folder.resolve(kind + ".sample.json")).isRegularFile();
                assertThat(folder.resolve(kind + ".expected.json")).isRegularFile();
              }
              assertThat(Files.exists(folder.resolve(source + ".camel.yaml"))).isTrue();
            });
    assertThat(RouteFiles.sources()).containsKey("ticketmaster");
  }
}
