package dev.backline.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Settings;
import dev.backline.fetch.LeaseLost;
import dev.backline.land.Page;
import dev.backline.land.UnreadablePage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * What a claimed request decides in Java: what the route sees of it, and whether its window is cut.
 * Bean {@code requests} of {@code routes/flow/page.camel.yaml}.
 */
public final class Requests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PAGES = 10_000;
  private static final int WIDE_LIMIT = 20;
  private static final int MOST_REQUESTS = 20_000;

  private final Settings settings;
  private final Map<String, Boolean> news = new ConcurrentHashMap<>();

  public Requests(Settings settings) {
    this.settings = settings;
  }

  /** Sources that may be called, by name. */
  public String[] callable() {
    return settings.sources().stream().filter(settings::enabled).toArray(String[]::new);
  }

  /**
   * Numbers of the requests that are worked on at once. Where a source allows few calls a second
   * they follow one another: that costs no time, and calls keep their distance. So they do while
   * pages bring something new, for then the processors have enough to do.
   */
  public List<Integer> hands(Exchange exchange) {
    String source = exchange.getProperty("source", String.class);
    boolean wide = settings.number(source + ".rate-limit-per-second") >= WIDE_LIMIT;
    boolean quiet = !news.getOrDefault(source, true);
    int hands = wide && quiet ? settings.number("fetch.parallel-pages") : 1;
    return IntStream.rangeClosed(1, hands).boxed().toList();
  }

  /** Notes whether the last page of a source brought anything new. */
  public void note(@ExchangeProperty("landed") List<?> landed, Exchange exchange) {
    news.put(exchange.getProperty("source", String.class), !landed.isEmpty());
  }

  /** Spreads the claimed row over exchange properties; the body becomes request and cursor. */
  public JsonNode open(@Header("claimed") Map<String, Object> row, Exchange exchange)
      throws JsonProcessingException {
    for (String name : List.of("run", "job", "n", "token", "kind", "window", "request", "cursor")) {
      exchange.setProperty(name, row.get(name));
    }
    exchange.setProperty("priority", row.get("priority"));
    exchange.setProperty("pageNumber", row.get("page_number"));
    JsonNode request = JSON.readTree((String) row.get("request"));
    exchange.setProperty("cached", request.path("cached").asBoolean());
    exchange.setProperty("tries", request.path("tries").asText(null));
    exchange.setProperty(
        "mark", request.hasNonNull("mark") ? request.get("mark").toString() : null);
    ObjectNode body = JSON.createObjectNode();
    body.set("request", request);
    body.put("cursor", (String) row.get("cursor"));
    return body;
  }

  /**
   * Cuts a request whose answer holds more than paging reaches. Sets {@code children} (a JSON array
   * of requests) and {@code replaced} where it is cut, or {@code shortfall} where it must be and
   * cannot.
   *
   * @param siblings what the windows beside this one have reported, and their common parent
   */
  public void cut(@Header("siblings") Map<String, Object> siblings, Exchange exchange)
      throws JsonProcessingException {
    long total = exchange.getProperty("total", 0L, Long.class);
    int reachable = exchange.getProperty("reachable", Integer.MAX_VALUE, Integer.class);
    int page = exchange.getProperty("pageNumber", 0, Integer.class);
    JsonNode request = JSON.readTree(exchange.getProperty("request", String.class));
    if (total <= reachable || page > 0 || request.hasNonNull("limit")) {
      return;
    }
    ArrayNode children =
        request.hasNonNull("window")
            ? byDate(request, total, reachable, siblings, exchange)
            : byValue(request);
    if (children.isEmpty() || exchange.getProperty("n", 0, Integer.class) > MOST_REQUESTS) {
      exchange.setProperty(
          "shortfall",
          "only " + reachable + " of " + total + " can be paged and the request cannot be cut");
      return;
    }
    exchange.setProperty("children", JSON.writeValueAsString(children));
    exchange.setProperty("replaced", true);
    exchange.setProperty("next", null);
  }

  private static ArrayNode byDate(
      JsonNode request,
      long total,
      int reachable,
      Map<String, Object> siblings,
      Exchange exchange) {
    ArrayNode children = JSON.createArrayNode();
    if (ignoresWindows(total, siblings, exchange)) {
      return children;
    }
    JsonNode window = request.get("window");
    Instant from = Instant.parse(window.get("from").asText());
    Instant to = Instant.parse(window.get("to").asText());
    for (Window part : new Window(from, to).split(total, reachable)) {
      ObjectNode child = request.deepCopy();
      child.putObject("window").put("from", part.from().toString()).put("to", part.to().toString());
      children.add(child);
    }
    return children;
  }

  /**
   * Cuts a request that has no dates by the values of a query parameter, as its plan says: {@code
   * cuts} is {@code {parameter: {value: cuts of that part}}}.
   */
  private static ArrayNode byValue(JsonNode request) {
    ArrayNode children = JSON.createArrayNode();
    for (var cut : request.path("cuts").properties()) {
      for (var value : cut.getValue().properties()) {
        ObjectNode child = request.deepCopy();
        child.withObject("/query").put(cut.getKey(), value.getKey());
        child.set("cuts", value.getValue());
        children.add(child);
      }
    }
    return children;
  }

  /**
   * Parts that together report far more than the whole did: the source does not look at dates.
   * Where the source counts no further than {@code counted}, the whole's total says nothing.
   */
  private static boolean ignoresWindows(
      long total, Map<String, Object> siblings, Exchange exchange) {
    if (siblings == null || siblings.get("parent") == null) {
      return false;
    }
    long parent = ((Number) siblings.get("parent")).longValue();
    long others = ((Number) siblings.get("siblings")).longValue();
    return parent < exchange.getProperty("counted", Long.MAX_VALUE, Long.class)
        && others > 0
        && others + total > parent * 1.5;
  }

  /**
   * Refuses a first page that counts records and holds none of the kind asked for.
   *
   * @throws UnreadablePage so that it is asked for again, and ends as a dead letter if it stays so
   */
  public void counted(@ExchangeProperty("page") Page page, Exchange exchange)
      throws UnreadablePage {
    long total = exchange.getProperty("total", 0L, Long.class);
    String kind = exchange.getProperty("kind", String.class);
    if (total > 0
        && exchange.getProperty("pageNumber", 0, Integer.class) == 0
        && page.records().stream().noneMatch(record -> record.kind().equals(kind))) {
      throw new UnreadablePage("the answer counts " + total + " records and holds no " + kind);
    }
  }

  /**
   * Ends a request that asked for its first records only and has them, and one whose paging does
   * not get on: the next page is not behind the one asked for, or there have been far too many.
   * Sets {@code shortfall} to the reason.
   */
  public void forward(Exchange exchange) throws JsonProcessingException {
    String next = exchange.getProperty("next", String.class);
    String asked = exchange.getProperty("cursor", String.class);
    if (next == null) {
      return;
    }
    int page = exchange.getProperty("pageNumber", 0, Integer.class);
    JsonNode request = JSON.readTree(exchange.getProperty("request", String.class));
    int limit = request.path("limit").asInt(Integer.MAX_VALUE);
    int size = request.path("size").asInt(request.path("query").path("size").asInt(1));
    if ((page + 1L) * size >= limit) {
      exchange.setProperty("next", null);
      return;
    }
    boolean back =
        next.equals(asked)
            || number(next) >= 0 && number(next) <= (asked == null ? 0 : number(asked));
    if (back || page >= MOST_PAGES) {
      exchange.setProperty("next", null);
      exchange.setProperty(
          "shortfall",
          "paging does not get on: after page "
              + (asked == null ? "0" : asked)
              + " the source names "
              + next);
    }
  }

  private static long number(String cursor) {
    return cursor.length() < 18 && cursor.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Long.parseLong(cursor)
        : -1;
  }

  /** Throws when the cursor did not move: the lease was lost to another node. */
  public void moved(@Header("moved") List<?> moved, Exchange exchange) throws LeaseLost {
    if (moved == null || moved.isEmpty()) {
      throw new LeaseLost(
          "another node took over request "
              + exchange.getProperty("n")
              + " of run "
              + exchange.getProperty("run"));
    }
  }
}
