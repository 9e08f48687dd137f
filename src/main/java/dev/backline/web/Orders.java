package dev.backline.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import dev.backline.land.Zstd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * What a client wants to be done: the body of a request, judged. Bean {@code orders}. A field or
 * value that cannot be meant is refused with a 400 that names it.
 */
public final class Orders {
  private static final List<String> ENTITIES = List.of("artist", "venue", "show");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final Query query;

  public Orders(Settings settings, Query query) {
    this.settings = settings;
    this.query = query;
  }

  /**
   * Which entity is to be synchronised, from a body {@code {entityType, id, skipDependencies,
   * forceRefresh}}, or {@code {status: "error", entityType}} for all whose last sync failed. Sets
   * entityType, entityId (null for all), options and priority.
   */
  public void sync(Exchange exchange) {
    Query.asked(exchange, List.of());
    JsonNode body =
        body(exchange, List.of("entityType", "id", "status", "skipDependencies", "forceRefresh"));
    Map<String, String> options = new HashMap<>();
    if (flag(body, "skipDependencies")) {
      options.put("skip_dependencies", "true");
    }
    if (flag(body, "forceRefresh")) {
      options.put("force_refresh", "true");
    }
    boolean all = body.has("status");
    if (all && (!body.get("status").asText().equals("error") || body.has("id"))) {
      throw Query.bad("status", "status must be error, and stands instead of an id");
    }
    String type = body.path("entityType").asText(null);
    if (type != null && !ENTITIES.contains(type)) {
      throw Query.bad("entityType", "entityType must be one of " + String.join(", ", ENTITIES));
    }
    if (!all) {
      if (type == null) {
        throw Query.bad("entityType", "entityType must be one of " + String.join(", ", ENTITIES));
      }
      UUID id = Query.uuid(body.path("id").asText(null));
      if (id == null) {
        throw Query.bad("id", "id must be the uuid of one " + type + " of the catalogue");
      }
      exchange.setProperty("entityId", id.toString());
    }
    exchange.setProperty("entityType", type);
    exchange.setProperty("options", options);
    exchange.setProperty("priority", "1");
  }

  /**
   * Which dead letters are to be replayed, from a body {@code {letter}}, {@code {cause}} or {@code
   * {all: true}}. Sets letter and cause, null where they are not given.
   */
  public void replay(Exchange exchange) {
    Query.asked(exchange, List.of());
    JsonNode body = body(exchange, List.of("letter", "cause", "all"));
    if (body.size() != 1 || body.has("all") && !flag(body, "all")) {
      throw Query.bad("body", "the body must hold one of letter, cause and all: true");
    }
    JsonNode letter = body.get("letter");
    if (letter != null && !(letter.canConvertToLong() && letter.isIntegralNumber())) {
      throw Query.bad("letter", "letter must be the number of a dead letter");
    }
    JsonNode cause = body.get("cause");
    if (cause != null && (!cause.isTextual() || cause.asText().isBlank())) {
      throw Query.bad("cause", "cause must be the cause of dead letters, word for word");
    }
    exchange.setProperty("letter", letter == null ? null : letter.longValue());
    exchange.setProperty("cause", cause == null ? null : cause.asText());
  }

  /** Refuses a replay of what is not open, or of requests that cannot be made. */
  public void replayable(Exchange exchange) {
    String why = exchange.getProperty("why", String.class);
    if (!why.isEmpty()) {
      throw new Refused(Problem.of(400, why));
    }
    boolean one = exchange.getProperty("letter") != null || exchange.getProperty("cause") != null;
    boolean none =
        exchange.getProperty("row") == null
            && exchange.getProperty("sources", String[].class).length == 0;
    if (one && none) {
      throw new Refused(Problem.of(404, "there is no open dead letter of this number or cause"));
    }
  }

  /** The letters of requests that are planned again, as a statement's parameters. */
  public Map<String, Object> requests(Exchange exchange) {
    Map<String, Object> query = new HashMap<>();
    for (String name : List.of("letter", "cause", "sources")) {
      query.put(name, exchange.getProperty(name));
    }
    return query;
  }

  /** Which job the path names. */
  public void cron(Exchange exchange) {
    Query.asked(exchange, List.of());
    exchange.setProperty("job", exchange.getMessage().getHeader("job", String.class));
  }

  /**
   * Makes a 400 of what was caught, which says what cannot be meant. It is not thrown: what has
   * rolled a transaction back passes every error policy by.
   */
  public void refuse(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    exchange.setProperty(
        Exchange.EXCEPTION_CAUGHT, new Refused(Problem.of(400, failure.getMessage())));
  }

  /**
   * A song of a setlist, and the visitor who votes: id (setlist), entry and visitor as the
   * parameters of a statement.
   */
  public Map<String, Object> vote(Exchange exchange) {
    Map<String, Object> order = query.one(exchange);
    UUID entry = Query.uuid(exchange.getMessage().getHeader("entry", String.class));
    if (entry == null) {
      throw new Refused(Problem.of(404, "nothing has this id; an id is a uuid"));
    }
    order.put("entry", entry);
    order.put("visitor", Visits.visitor(exchange));
    return order;
  }

  /**
   * A song that is suggested for a setlist, from a body {@code {songId}} or {@code {spotifyId}}:
   * id, song and track, of which one is null.
   */
  public Map<String, Object> suggestion(Exchange exchange) {
    Map<String, Object> order = query.one(exchange);
    Map<String, String> asked = oneOf(exchange, "songId", "spotifyId");
    UUID song = Query.uuid(asked.get("songId"));
    String track = asked.get("spotifyId");
    if (track == null && song == null) {
      throw Query.bad("songId", "songId must be the uuid of a song of the catalogue");
    }
    if (track != null && !track.matches(Upstream.SPOTIFY_ID)) {
      throw Query.bad("spotifyId", "spotifyId must be the id of a track of Spotify");
    }
    order.put("song", song);
    order.put("track", track);
    return order;
  }

  /** An edited payload of a dead letter, from a body {@code {payload}}: id, payload and raw. */
  public Map<String, Object> letterEdit(Exchange exchange) {
    Map<String, Object> order = query.letter(exchange);
    JsonNode payload = body(exchange, List.of("payload")).get("payload");
    if (payload == null || !payload.isObject()) {
      throw Query.bad("payload", "payload must be a JSON object, as the source would send it");
    }
    byte[] text = payload.toString().getBytes(StandardCharsets.UTF_8);
    order.put("raw", Zstd.compress(text));
    order.put("payload", settings.redact(payload.toString().replace("\\u0000", "")));
    return order;
  }

  /** Refuses an edit that came too late. */
  public void edited(Exchange exchange) {
    Map<?, ?> row = exchange.getMessage().getHeader("row", Map.class);
    if (row != null && !Boolean.TRUE.equals(row.get("edited"))) {
      throw new Refused(
          Problem.of(409, "the letter is not open any more, or its record has moved on"));
    }
    exchange.getMessage().setHeader("found", row == null ? null : row.get("document"));
  }

  /** The one field of a body that must have just one of these, as text. */
  static Map<String, String> oneOf(Exchange exchange, String... names) {
    JsonNode body = body(exchange, List.of(names));
    if (body.size() != 1 || !body.elements().next().isTextual()) {
      throw Query.bad(
          "body", "the body must hold one of " + String.join(", ", names) + ", as text");
    }
    return Map.of(body.fieldNames().next(), body.elements().next().asText());
  }

  private static boolean flag(JsonNode body, String name) {
    if (body.has(name) && !body.get(name).isBoolean()) {
      throw Query.bad(name, name + " must be true or false");
    }
    return body.path(name).asBoolean(false);
  }

  /** The object in a body, which has no other fields than these. */
  static JsonNode body(Exchange exchange, List<String> known) {
    JsonNode body;
    try {
      byte[] bytes = exchange.getMessage().getBody(byte[].class);
      body = JSON.readTree(bytes == null ? new byte[0] : bytes);
    } catch (IOException e) {
      throw Query.bad("body", "the body is not JSON");
    }
    if (body == null || !body.isObject()) {
      throw Query.bad("body", "the body must be a JSON object with " + String.join(", ", known));
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Query.bad(
                    name, "there is no such field; there are " + String.join(", ", known));
              }
            });
    return body;
  }
}
