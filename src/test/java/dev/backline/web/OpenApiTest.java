package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description of the API against the routes that run and the answers that they give. */
class OpenApiTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private static Sandbox sandbox;
  private static TestNode node;
  private static Http http;
  private static JsonNode document;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 40));
    node =
        TestNode.serve(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of(
                "admin.api-key",
                ADMIN,
                "visitor.secret",
                "a secret of the visitors of this very test"));
    node.sync("upcoming-shows");
    node.jdbc()
        .update(
            "insert into dead_letters (route, source, record_kind, source_id, cause, error, payload)"
                + " values ('translate', 'ticketmaster', 'request', 'E1', 'mapping: event', 'no name', '{}')");
    http = new Http(node.node().ports().http());
    document = http.get("/api/openapi.json").json();
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  /** Every operation by {@code METHOD /path}. */
  private static Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new TreeMap<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          assertThat(METHODS).contains(method.getKey());
                          operations.put(
                              method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                              method.getValue());
                        }));
    return operations;
  }

  /** Pages are no operations. */
  private static Set<String> api(Set<String> routes) {
    Set<String> api = new TreeSet<>(routes);
    api.removeIf(route -> !route.split(" ")[1].startsWith("/api/"));
    return api;
  }

  /** Those that change nothing and answer at once. */
  private static Map<String, JsonNode> reads() {
    Map<String, JsonNode> reads = operations();
    reads
        .keySet()
        .removeIf(
            operation ->
                !operation.startsWith("GET ")
                    || operation.endsWith("/events")
                    || isAskedOfASource(operation));
    return reads;
  }

  /** These are tried where the sources are: {@link ImportTest}. */
  private static boolean isAskedOfASource(String operation) {
    return operation.matches(".* /api/(spotify|ticketmaster|artists/import).*");
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static List<JsonNode> parameters(JsonNode operation, String in) {
    List<JsonNode> parameters = new ArrayList<>();
    for (JsonNode parameter : operation.get("parameters")) {
      if (resolve(parameter).get("in").asText().equals(in)) {
        parameters.add(resolve(parameter));
      }
    }
    return parameters;
  }

  private static Answer get(String path) {
    return http.get(path, "Authorization", "Bearer " + ADMIN);
  }

  /** Paths of the description with ids that something has. */
  private static String real(String path) {
    String list = path.split("/")[2];
    String table = list.equals("jobs") ? "sync_jobs" : list.replace('-', '_');
    return path.contains("{id}")
        ? path.replace(
            "{id}",
            node.jdbc()
                .queryForObject("select id from " + table + " order by id limit 1", String.class))
        : path;
  }

  @Test
  void everyRouteThatRuns_isDescribedAndTheReverse() {
    assertThat(operations().keySet()).isEqualTo(api(HttpRoutes.of(node)));
  }

  @Test
  void everyReference_leadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    document
        .findValues("$ref")
        .forEach(
            ref -> {
              if (document.at(ref.asText().substring(1)).isMissingNode()) {
                broken.add(ref.asText());
              }
            });
    assertThat(broken).isEmpty();
    assertThat(document.get("openapi").asText()).isEqualTo("3.0.3");
  }

  @Test
  void whoMayCall_isWhatTheTableSays() {
    Map<String, String> described = new TreeMap<>();
    operations()
        .forEach(
            (operation, body) -> {
              JsonNode security = body.get("security");
              described.put(
                  operation, security.isEmpty() ? "public" : security.get(0).fieldNames().next());
            });
    Map<String, String> table = new TreeMap<>();
    Access.load(Path.of("config", "access.conf"))
        .rules()
        .forEach(
            rule ->
                table.put(
                    rule.method() + " " + rule.path(), rule.who().name().toLowerCase(Locale.ROOT)));
    table.keySet().retainAll(api(table.keySet()));
    assertThat(described).isEqualTo(table);
  }

  @Test
  void everyParameterThatIsDescribed_isTakenAndNoOther() {
    reads()
        .forEach(
            (operation, body) -> {
              String path = real(operation.split(" ")[1]);
              Set<String> names = new TreeSet<>();
              for (JsonNode parameter : parameters(body, "query")) {
                String name = parameter.get("name").asText();
                names.add(name);
                assertThat(get(path + "?" + name + "=" + sample(parameter.get("schema"))).status())
                    .as(operation + " " + name)
                    .isEqualTo(200);
              }
              if (!path.endsWith(".json")) {
                JsonNode problem = get(path + "?nonsense=1").json();
                assertThat(problem.get("status").asInt()).as(operation).isEqualTo(400);
                String[] told = problem.get("detail").asText().split("there are ");
                assertThat(
                        told.length == 1 ? Set.of() : new TreeSet<>(List.of(told[1].split(", "))))
                    .as(operation)
                    .isEqualTo(names);
              }
            });
  }

  private static String sample(JsonNode schema) {
    if (schema.has("enum")) {
      return schema.get("enum").get(0).asText();
    }
    return switch (schema.path("format").asText(schema.get("type").asText())) {
      case "integer" -> "1";
      case "date" -> "2027-01-31";
      case "date-time" -> "2027-01-31T20:00:00Z";
      default -> schema.has("pattern") ? "de" : "a";
    };
  }

  @Test
  void everyAnswer_keepsItsSchema() {
    reads()
        .forEach(
            (operation, body) -> {
              String path = real(operation.split(" ")[1]);
              Answer answer = get(path);
              assertThat(answer.status()).as(operation).isEqualTo(200);
              assertThat(
                      violations(
                          body.at("/responses/200/content/application~1json/schema"),
                          answer.json()))
                  .as(operation)
                  .isEmpty();
            });
  }

  @Test
  void everyShowArtistAndVenue_keepsItsSchema() {
    for (String kind : List.of("show", "artist", "venue")) {
      JsonNode schema =
          document.at(
              "/paths/~1api~1"
                  + kind
                  + "s~1{id}/get/responses/200/content/application~1json/schema");
      for (String id :
          node.jdbc().queryForList("select id from " + kind + "s limit 50", String.class)) {
        assertThat(violations(schema, get("/api/" + kind + "s/" + id).json())).as(id).isEmpty();
      }
    }
  }

  @Test
  void everyProblem_keepsItsSchemaAndItsStatusIsDescribed() {
    JsonNode schema = document.at("/components/responses/NotFound/content").elements().next();
    reads()
        .forEach(
            (operation, body) -> {
              String path = operation.split(" ")[1];
              List<Answer> problems = new ArrayList<>();
              problems.add(http.get(real(path) + "?page=x"));
              problems.add(get(path.replace("{id}", "1")));
              for (Answer answer : problems) {
                if (answer.status() >= 400) {
                  assertThat(body.get("responses").has(String.valueOf(answer.status())))
                      .as(operation + " " + answer.status())
                      .isTrue();
                  assertThat(answer.type()).isEqualTo("application/problem+json");
                  assertThat(violations(schema.get("schema"), answer.json())).isEmpty();
                }
              }
            });
  }

  @Test
  void whatIsDone_isAnsweredAsDescribed() {
    String artist =
        node.jdbc().queryForObject("select id from artists order by id limit 1", String.class);
    Map<String, Answer> answers = new TreeMap<>();
    for (String method : List.of("POST", "DELETE")) {
      answers.put(method + " /api/workers/init", send(method, "/api/workers/init", null));
    }
    answers.put(
        "POST /api/sync",
        send("POST", "/api/sync", "{\"entityType\":\"artist\",\"id\":\"" + artist + "\"}"));
    String letter = node.jdbc().queryForObject("select max(id) from dead_letters", String.class);
    answers.put(
        "PUT /api/dead-letters/{id}",
        send("PUT", "/api/dead-letters/" + letter, "{\"payload\":{\"id\":\"E1\"}}"));
    answers.put("POST /api/routes/{id}/{action}", send("POST", "/api/routes/sweep/stop", null));
    send("POST", "/api/routes/sweep/start", null);
    answers.put(
        "DELETE /api/dead-letters/{id}", send("DELETE", "/api/dead-letters/" + letter, null));
    answers.put(
        "POST /api/dead-letters/replay",
        send("POST", "/api/dead-letters/replay", "{\"all\":true}"));
    votes(answers);
    answers.put("POST /api/reviews", send("POST", "/api/reviews", verdict()));
    answers.put("POST /api/cron/{job}", send("POST", "/api/cron/venue-network", null));
    Set<String> writes = new TreeSet<>(operations().keySet());
    writes.removeIf(operation -> operation.startsWith("GET ") || isAskedOfASource(operation));
    assertThat(answers.keySet()).isEqualTo(writes);
    answers.forEach(
        (operation, answer) -> {
          JsonNode described =
              operations().get(operation).get("responses").get(String.valueOf(answer.status()));
          assertThat(described).as(operation + " " + answer.status() + answer.body()).isNotNull();
          assertThat(answer.status()).as(operation).isLessThan(300);
          assertThat(violations(described.at("/content/application~1json/schema"), answer.json()))
              .as(operation)
              .isEmpty();
        });
  }

  /** That the first two artists of Ticketmaster are two. */
  private static String verdict() {
    return node.jdbc()
        .queryForObject(
            "select json_build_object('kind', 'artist', 'same', false, 'left', (array_agg(k))[1], 'right', (array_agg(k))[2])"
                + " from (select json_build_object('source', source, 'sourceId', source_id) as k from source_links"
                + " where entity_kind = 'artist' order by source_id limit 2) as t",
            String.class);
  }

  /** What a visitor does to the setlist of a show whose headliner has songs. */
  private static void votes(Map<String, Answer> answers) {
    String show =
        node.jdbc()
            .queryForObject(
                "select id from shows where local_date > current_date and headliner_id is not null"
                    + " order by id limit 1",
                String.class);
    for (String title : List.of("one", "two")) {
      node.jdbc()
          .update(
              "insert into songs (id, artist_id, title, normalized_title)"
                  + " select gen_random_uuid(), headliner_id, ?, ? from shows where id = ?::uuid",
              title,
              title,
              show);
    }
    JsonNode foretold = get("/api/shows/" + show + "/setlist").json().get("predicted");
    String songs = "/api/setlists/" + foretold.get("id").asText() + "/songs";
    String vote = songs + "/" + foretold.at("/songs/0/entryId").asText() + "/vote";
    String song = foretold.at("/songs/0/songId").asText();
    answers.put("PUT /api/setlists/{id}/songs/{entry}/vote", visit("PUT", vote, null));
    answers.put("DELETE /api/setlists/{id}/songs/{entry}/vote", visit("DELETE", vote, null));
    answers.put(
        "POST /api/setlists/{id}/songs", visit("POST", songs, "{\"songId\":\"" + song + "\"}"));
  }

  private static Answer visit(String method, String path, String body) {
    return http.send(
        method,
        path,
        body,
        "Origin",
        node.node().ports().http().resolve("/").toString().replaceAll("/$", ""));
  }

  private static Answer send(String method, String path, String body) {
    return http.send(method, path, body, "Authorization", "Bearer " + ADMIN);
  }

  @Test
  void answerThatBreaksItsSchema_isFound() {
    JsonNode schema =
        document.at("/paths/~1api~1shows/get/responses/200/content").elements().next();
    ObjectNode page = (ObjectNode) get("/api/shows").json();
    page.put("total", "many");
    assertThat(violations(schema.get("schema"), page)).hasSize(1);
    page.put("total", 1).put("more", true);
    assertThat(violations(schema.get("schema"), page)).hasSize(1);
  }

  /** The schema with the components it refers to, as the dialect of OpenAPI 3.0 reads it. */
  private static List<String> violations(JsonNode schema, JsonNode value) {
    ObjectNode whole = new ObjectMapper().createObjectNode();
    whole.setAll((ObjectNode) schema);
    whole.set("components", document.get("components"));
    JsonSchema validator =
        JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4))
            .metaSchema(OpenApi30.getInstance())
            .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
            .build()
            .getSchema(
                whole, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    return validator.validate(value).stream().map(Object::toString).sorted().toList();
  }
}
