package dev.backline.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What visitors ask the sources themselves, and what they have imported. Bean {@code upstream}: it
 * judges what is asked, and sets source, path and view for {@code routes/flow/ask.camel.yaml}.
 */
public final class Upstream {
  /** How long a request waits for an artist to arrive, in milliseconds. */
  private static final int PATIENCE_MS = 4_000;

  private static final int LONGEST = 100;
  private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
  static final String SPOTIFY_ID = "[0-9A-Za-z]{22}";
  private static final String TICKETMASTER_ID = "[0-9A-Za-z_-]{1,100}";
  private static final Logger log = LoggerFactory.getLogger(Upstream.class);

  /** What the answers to a view show: the kind of records, and where their list may stand. */
  private record Shown(String kind, List<String> places) {}

  private static final Map<String, Shown> SHOWN =
      Map.of(
          "artists", new Shown("artist", List.of("/artists/items")),
          "tracks", new Shown("track", List.of("/tracks/items", "/tracks")),
          "events", new Shown("event", List.of("/_embedded/events")));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final Query query;

  /** By source: the hour, and how often it was asked in it. */
  private final Map<String, int[]> asks = new ConcurrentHashMap<>();

  public Upstream(Settings settings, Query query) {
    this.settings = settings;
    this.query = query;
  }

  public void spotifyArtists(Exchange exchange) {
    ask(exchange, "spotify", "artists", "search", search(exchange, "artist"));
  }

  public void spotifyTracks(Exchange exchange) {
    ask(exchange, "spotify", "tracks", "search", search(exchange, "track"));
  }

  public void spotifyTopTracks(Exchange exchange) {
    query.nothing(exchange);
    String path = "artists/" + id(exchange, SPOTIFY_ID) + "/top-tracks";
    ask(exchange, "spotify", "tracks", path, Map.of("market", settings.text("spotify.market")));
  }

  public void ticketmasterEvents(Exchange exchange) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("keyword", text(exchange));
    asked.put("size", "20");
    asked.put("sort", "date,asc");
    ask(exchange, "ticketmaster", "events", "events.json", asked);
  }

  public void ticketmasterEvent(Exchange exchange) {
    query.nothing(exchange);
    String id = id(exchange, TICKETMASTER_ID);
    ask(exchange, "ticketmaster", "events", "events.json", Map.of("id", id));
  }

  private Map<String, Object> search(Exchange exchange, String type) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("q", text(exchange));
    asked.put("type", type);
    asked.put("limit", "10");
    return asked;
  }

  private String text(Exchange exchange) {
    String text = query.text(exchange);
    if (text == null || text.length() > LONGEST) {
      throw new Refused(
          new Problem(400, "q must be a text of at most " + LONGEST + " characters", "q"));
    }
    return text;
  }

  private void ask(
      Exchange exchange, String source, String view, String path, Map<String, ?> asked) {
    require(source);
    count(source);
    exchange.setProperty("source", source);
    exchange.setProperty("view", view);
    exchange.setProperty("path", path);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(asked);
  }

  /**
   * What visitors have a source asked, on this node: without a bound a single one would spend its
   * day for all jobs.
   */
  private void count(String source) {
    long hour = System.nanoTime() / HOUR_NANOS;
    int[] asked =
        asks.compute(
            source,
            (name, before) ->
                before == null || before[0] != (int) hour
                    ? new int[] {(int) hour, 1}
                    : new int[] {before[0], before[1] + 1});
    if (asked[1] > settings.number(source + ".asks-per-hour")) {
      throw new Refused(
          Problem.of(429, source + " was asked often enough for this hour; try again later"));
    }
  }

  private void require(String source) {
    if (!settings.enabled(source)) {
      throw new Refused(Problem.of(503, source + " is not asked here: it is disabled"));
    }
  }

  private static String id(Exchange exchange, String pattern) {
    String id = exchange.getMessage().getHeader("id", "", String.class);
    if (!id.matches(pattern)) {
      throw new Refused(Problem.of(404, "nothing has this id"));
    }
    return id;
  }

  /** Parameters of the statement that adds our ids. */
  public Map<String, Object> found(String body) {
    return new HashMap<>(Map.of("found", body));
  }

  /**
   * Parameters of {@code keep-answer.sql}: the records that an answer shows. None has a
   * fingerprint, since nothing of it is stored; who lands one of them later drops the answer.
   */
  public Map<String, Object> shown(byte[] answer, @ExchangeProperty("view") String view)
      throws IOException {
    Shown shows = SHOWN.get(view);
    List<String> ids = new ArrayList<>();
    JsonNode root = JSON.readTree(answer);
    for (String place : shows.places) {
      for (JsonNode item : root.at(place)) {
        if (item.path("id").isTextual()) {
          ids.add(item.path("id").asText());
        }
      }
    }
    Map<String, Object> shown = new HashMap<>();
    shown.put("kinds", ids.stream().map(id -> shows.kind).toArray(String[]::new));
    shown.put("ids", ids.toArray(String[]::new));
    shown.put("fingerprints", new byte[ids.size()][]);
    return shown;
  }

  /** A source that cannot be asked is no fault of ours: said so, and logged in one line. */
  public void unreachable(@ExchangeProperty("source") String source, Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (!(failure instanceof Refused)) {
      log.warn("{} could not be asked: {}", source, settings.redact(Problems.line(failure)));
      exchange.setProperty(
          Exchange.EXCEPTION_CAUGHT,
          new Refused(
              Problem.of(503, source + " cannot be asked at the moment; try again in a minute")));
    }
  }

  // --- Storing ----------------------------------------------------------------------------------

  public void storeEvent(Exchange exchange) {
    query.nothing(exchange);
    lookUp("ticketmaster", "event", id(exchange, TICKETMASTER_ID), exchange);
  }

  public void storeArtist(Exchange exchange) {
    query.nothing(exchange);
    lookUp("spotify", "artist", id(exchange, SPOTIFY_ID), exchange);
  }

  private void lookUp(String source, String parameter, String id, Exchange exchange) {
    require(source);
    exchange.setProperty("job", "lookup");
    exchange.setProperty("waitsFor", source);
    exchange.setProperty("parameters", new TreeMap<>(Map.of(parameter, id)));
    exchange.setProperty("priority", "1");
  }

  /** The tracks of an artist that the catalogue holds. */
  public void storeTracks(@Header("known") String artist, Exchange exchange) {
    if (artist == null) {
      throw new Refused(Problem.of(404, "the catalogue has no artist of this id; store it first"));
    }
    exchange.setProperty("entityType", "artist");
    exchange.setProperty("entityId", artist);
    exchange.setProperty("job", "spotify-sync");
    exchange.setProperty("parameters", new TreeMap<>(Map.of("artist", artist, "type", "tracks")));
    exchange.setProperty("priority", "1");
  }

  // --- Import -----------------------------------------------------------------------------------

  /**
   * Who is to be imported: the id in the path at Spotify, or one of a body {@code {spotifyId}} and
   * {@code {attractionId}}. Sets artistSource and artistSourceId.
   */
  public void importOf(Exchange exchange) {
    query.nothing(exchange);
    String source = "spotify";
    String id = exchange.getMessage().getHeader("id", String.class);
    if (id == null) {
      Map<String, String> asked = Orders.oneOf(exchange, "spotifyId", "attractionId");
      source = asked.containsKey("spotifyId") ? "spotify" : "ticketmaster";
      id = asked.values().iterator().next();
    }
    String pattern = source.equals("spotify") ? SPOTIFY_ID : TICKETMASTER_ID;
    if (!id.matches(pattern)) {
      throw new Refused(Problem.of(400, "'" + id + "' is no id of " + source));
    }
    require(source);
    count(source);
    exchange.setProperty("artistSource", source);
    exchange.setProperty("artistSourceId", id);
    exchange.setProperty("until", System.nanoTime() + PATIENCE_MS * 1_000_000L);
  }

  /** The run that looks an artist up. */
  public void lookUp(
      @ExchangeProperty("artistSource") String source,
      @ExchangeProperty("artistSourceId") String id,
      Exchange exchange) {
    lookUp(source, source.equals("spotify") ? "artist" : "attraction", id, exchange);
  }

  /**
   * The run that looks a track up which a visitor suggests; the body has its id at Spotify, track.
   */
  public void lookUpTrack(@Body Map<String, Object> order, Exchange exchange) {
    count("spotify");
    lookUp("spotify", "track", (String) order.get("track"), exchange);
    exchange.setProperty("until", System.nanoTime() + PATIENCE_MS * 1_000_000L);
  }

  /** Refuses a track that is not there, or has no artist of the catalogue. */
  public void trackArrived(@Header("known") String known) {
    if (known == null) {
      throw new Refused(
          Problem.of(503, "spotify is slow; the track is being fetched, try again in a minute"));
    }
    if (known.equals("unknown")) {
      throw new Refused(Problem.of(404, "spotify has no track of this id"));
    }
    if (known.equals("foreign")) {
      throw new Refused(
          Problem.of(409, "its artist is not in the catalogue; import the artist first"));
    }
  }

  /** Whether the artist is still waited for. */
  public boolean waits(@Header("known") String known, @ExchangeProperty("until") long until) {
    return known == null && System.nanoTime() < until;
  }

  /** The artist is there, or not yet: then the run that looks it up is all that can be followed. */
  public void arrived(@Header("known") String known, Exchange exchange) {
    exchange.setProperty("entityType", "artist");
    exchange.setProperty("entityId", known);
    exchange.setProperty("options", Map.of());
    exchange.setProperty("priority", "1");
  }
}
