package dev.backline.web;

import dev.backline.Settings;
import dev.backline.pages.Templates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The last step of a route that answers: what was found goes out as JSON, nothing as a 404, what
 * the client already has as a 304, what another entity took in as a 301 to that. No header of the
 * request or of a component goes out with it.
 */
public final class Answers {
  /** Header under which a statement leaves the document it made. */
  private static final String FOUND = "found";

  /** Header with the address of the entity that took in the one that was asked for. */
  private static final String KEEPER = "keeper";

  private final Totals totals;
  private final String fresh;
  private final int atTheEdge;

  public Answers(Settings settings, Totals totals) {
    this.totals = totals;
    this.atTheEdge = settings.number("web.cdn-cache-seconds");
    // A cache may go on with an old answer while we are down: it says how old it is itself.
    this.fresh =
        "public, max-age=" + settings.number("web.cache-seconds") + ", stale-if-error=86400";
  }

  /** For everybody, and for caches between. */
  public void shared(Exchange exchange) {
    Message message = exchange.getMessage();
    String keeper = message.getHeader(KEEPER, String.class);
    if (message.getHeader(FOUND) == null && keeper != null) {
      message.removeHeaders("*");
      message.setHeader("Location", keeper);
      send(message, null, fresh);
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, 301);
      return;
    }
    String document = document(message);
    String mark = '"' + Templates.mark(document) + '"';
    String known = message.getHeader("If-None-Match", String.class);
    boolean unchanged =
        known != null
            && Arrays.stream(known.split(","))
                .map(tag -> tag.trim().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals(mark) || tag.equals("*"));
    message.removeHeaders("*");
    message.setHeader("ETag", mark);
    send(message, unchanged ? null : document, exchange.getProperty("cache", fresh, String.class));
    String type = exchange.getProperty("contentType", String.class);
    if (type != null) { // a page, or a part of one
      message.setHeader(Exchange.CONTENT_TYPE, type);
      message.setHeader("Vary", "Accept");
    }
    if (unchanged) {
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
    }
  }

  /** For the caller alone. */
  public void confidential(Exchange exchange) {
    Message message = exchange.getMessage();
    String document = document(message);
    message.removeHeaders("*");
    send(message, document, "no-store");
    String type = exchange.getProperty("contentType", String.class);
    if (type != null) { // a page
      message.setHeader(Exchange.CONTENT_TYPE, type);
    }
  }

  /** Work that has begun: the body is the id of its run, which says how far it is. */
  public void started(Exchange exchange) {
    String run = exchange.getMessage().getBody(String.class);
    String progress = "/api/jobs/" + run;
    accepted(exchange.getMessage(), "{\"run\":\"" + run + "\",\"progress\":\"" + progress + "\"}");
    exchange.getMessage().setHeader("Location", progress);
  }

  /**
   * An import that has begun: the body is the id of its run; property entityId is the artist, null
   * where it has not arrived yet.
   */
  public void importing(Exchange exchange) {
    String run = exchange.getMessage().getBody(String.class);
    String artist = exchange.getProperty("entityId", String.class);
    accepted(
        exchange.getMessage(),
        "{\"run\":\""
            + run
            + "\",\"progress\":\"/api/jobs/"
            + run
            + "\",\"artistId\":"
            + (artist == null ? "null" : '"' + artist + '"')
            + "}");
    exchange.getMessage().setHeader("Location", "/api/jobs/" + run);
  }

  /**
   * A replay that has begun: property run is the id of the run over records, if any, and the body
   * are the runs (run) of requests.
   */
  public void replaying(Exchange exchange) {
    List<String> runs = new ArrayList<>();
    if (exchange.getProperty("run") != null) {
      runs.add(exchange.getProperty("run", String.class));
    }
    for (Object row : exchange.getMessage().getBody(List.class)) {
      runs.add((String) ((Map<?, ?>) row).get("run"));
    }
    accepted(
        exchange.getMessage(),
        runs.stream()
            .map(run -> "{\"run\":\"" + run + "\",\"progress\":\"/api/jobs/" + run + "\"}")
            .collect(Collectors.joining(",", "{\"runs\":[", "]}")));
  }

  /** Work that waits: the body is the number of tasks. */
  public void queued(Exchange exchange) {
    accepted(
        exchange.getMessage(), "{\"queued\":" + exchange.getMessage().getBody(Integer.class) + "}");
  }

  private void accepted(Message message, String document) {
    message.removeHeaders("*");
    send(message, document, "no-store");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
  }

  private String document(Message message) {
    Object found = message.getHeader(FOUND);
    if (found instanceof Map<?, ?> page) { // of a list, with its total
      @SuppressWarnings("unchecked")
      Map<String, Object> query = message.getBody(Map.class);
      totals.remember(query, ((Number) page.get("total")).longValue());
      found = page.get("document");
    }
    if (found == null) {
      throw new Refused(Problem.of(404, "nothing has this id"));
    }
    return found.toString();
  }

  private void send(Message message, String document, String cache) {
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setHeader("Cache-Control", cache);
    if (cache.equals(fresh) && atTheEdge > 0) { // RFC 9213: for a CDN alone, not for browsers
      message.setHeader("CDN-Cache-Control", "public, max-age=" + atTheEdge);
    }
    message.setBody(document == null ? null : document.getBytes(StandardCharsets.UTF_8));
  }
}
