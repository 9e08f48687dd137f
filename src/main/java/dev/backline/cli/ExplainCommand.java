package dev.backline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Node;
import dev.backline.Settings;
import dev.backline.apply.Origins;
import dev.backline.store.Database;
import dev.backline.store.Decisions;
import dev.backline.store.Entities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where an entity comes from: its records, why they belong, and the origin of each value. */
@Command(
    name = "explain",
    description =
        "Explains an artist, a venue, a show or a song: the records it is made of and why "
            + "they belong, where each value comes from and what other sources say instead, what "
            + "people decided.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private static final Map<String, String> ABOUT =
      Map.of(
          "artist", "routes/sql/explain-artist.sql",
          "venue", "routes/sql/explain-venue.sql",
          "show", "routes/sql/explain-show.sql",
          "song", "routes/sql/explain-song.sql");

  /** What a schema has beside the columns of its entity, or a show tells in parts of its own. */
  private static final Set<String> TOLD_ELSEWHERE =
      Set.of("entity", "music", "city_coordinates", "artists", "line_up", "setlist");

  @Parameters(index = "0", paramLabel = "KIND", description = "artist, venue, show or song.")
  private String kind;

  @Parameters(index = "1", paramLabel = "ID", description = Named.ID)
  private String id;

  @Option(names = "--json", description = "Print as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Settings settings = Session.settings();
    Named.kind(kind, Named.ALL);
    try (Session session = Session.with(settings)) {
      Database database = session.connect();
      Entities.Found found = Named.entity(settings, database, kind, id);
      Map<String, String> entity =
          Documents.with("kind", kind, "entity", found.id().toString(), "most", "20");
      ObjectNode document = Json.mapper().createObjectNode().put("kind", kind);
      document.put("id", found.id().toString());
      if (found.mergedFrom() != null) {
        document.put("mergedFrom", found.mergedFrom().toString());
      }
      document.set("about", Documents.rows(database, ABOUT.get(kind), entity).get(0));
      if (!kind.equals("song")) {
        identity(session, database, entity, document);
      }
      if (kind.equals("artist")) {
        Map<String, String> artist = Documents.with("artist_id", found.id().toString());
        String counts = "routes/sql/catalogue-counts.sql";
        document.set("catalogue", Documents.rows(database, counts, artist).get(0));
      }
      if (json) {
        Json.print(document);
      } else {
        System.out.print(new ExplainText().all(document));
      }
      return Cli.OK;
    }
  }

  private void identity(
      Session session, Database database, Map<String, String> entity, ObjectNode document) {
    Map<String, String> recordKinds = Decisions.recordKinds(session.current()).get(kind);
    Map<String, String> parameters = new HashMap<>(entity);
    parameters.put("record_kinds", recordKinds(recordKinds));
    JsonNode identity =
        Documents.rows(database, "routes/sql/explain-entity.sql", parameters).get(0);
    document.set("records", identity.get("records"));
    Node node = session.node(database, Node.Mode.IDLE);
    document.set("fields", fields(node, recordKinds, identity, document.get("about")));
    document.set("decisions", identity.get("verdicts"));
    document.set("tookIn", identity.get("merged"));
    document.set("review", Documents.rows(database, "routes/sql/review-pairs.sql", entity));
  }

  private static String recordKinds(Map<String, String> bySource) {
    ArrayNode kinds = Json.mapper().createArrayNode();
    bySource.forEach(
        (source, kind) -> kinds.addObject().put("source", source).put("record_kind", kind));
    return kinds.toString();
  }

  /** The values by the rules and mappings in force, as the flow would write them now. */
  private ArrayNode fields(
      Node node, Map<String, String> recordKinds, JsonNode identity, JsonNode about) {
    List<String> sources = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    Set<String> offers = new HashSet<>();
    Map<String, String> told = new HashMap<>();
    for (JsonNode record : identity.get("records")) {
      String source = record.get("source").asText();
      String key = key(source, record.get("id").asText());
      sources.add(source);
      ids.add(record.get("id").asText());
      told.put(key, record.path("lastChanged").asText(null));
      if (record.get("method").asText().equals("offer")) {
        offers.add(key);
      }
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put("entityKind", kind);
    properties.put("offers", offers);
    ObjectNode overrides = Json.mapper().createObjectNode();
    identity
        .get("overrides")
        .properties()
        .forEach(o -> overrides.set(o.getKey(), o.getValue().get("value")));
    properties.put("overrides", overrides);
    Map<String, Object> keys = new HashMap<>();
    keys.put("sources", sources.toArray(String[]::new));
    keys.put("kinds", sources.stream().map(recordKinds::get).toArray(String[]::new));
    keys.put("ids", ids.toArray(String[]::new));
    ArrayNode fields = Json.mapper().createArrayNode();
    for (Object answer : node.call("explain", keys, properties, List.class)) {
      Origins.Field field = (Origins.Field) answer;
      if (!TOLD_ELSEWHERE.contains(field.name())) {
        fields.add(field(field, told, identity.get("overrides"), about));
      }
    }
    return fields;
  }

  private static ObjectNode field(
      Origins.Field field, Map<String, String> told, JsonNode overrides, JsonNode about) {
    Origins.Said chosen = field.chosen();
    ObjectNode row = said(chosen).put("field", field.name());
    boolean byPerson = overrides.has(field.name());
    row.put("setByPerson", byPerson);
    row.put(
        "since",
        byPerson ? overrides.get(field.name()).get("setAt").asText() : since(field, told, about));
    if (field.name().equals("venue") && about.path("venue").isObject()) {
      row.set("value", about.get("venue").get("name"));
    }
    ArrayNode others = row.putArray("others");
    if (!field.name().equals("venue")) { // Each source has its own id of the same venue.
      field.others().forEach(other -> others.add(said(other)));
    }
    return row;
  }

  /** When the field last changed, where that was noted; else when its record last did. */
  private static String since(Origins.Field field, Map<String, String> told, JsonNode about) {
    for (JsonNode change : about.path("changes")) {
      if (change.get("field").asText().equals(field.name())) {
        return change.get("changedAt").asText();
      }
    }
    Origins.Said chosen = field.chosen();
    return chosen.source() == null ? null : told.get(key(chosen.source(), chosen.id()));
  }

  /** A record's name among all of its kind, as identity writes it. */
  private static String key(String source, String id) {
    return source + ' ' + id;
  }

  private static ObjectNode said(Origins.Said said) {
    ObjectNode row = Json.mapper().createObjectNode();
    row.put("source", said.source()).put("id", said.id()).set("value", said.value());
    return row;
  }
}
