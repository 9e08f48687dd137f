package dev.backline.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.pages.Calendar;
import dev.backline.pages.Structured;
import dev.backline.pages.Templates;
import freemarker.template.TemplateMethodModelEx;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages: the documents of the API, put into the templates under {@code routes/pages}. A template
 * sees {@code doc}, further documents by the names of their properties, {@code query} (what was
 * asked), {@code path}, {@code origin}, {@code today}, {@code part} (whether only the part of a
 * page is wanted, by the header Accept) and {@code asset(name)}.
 */
public final class Pages {
  /** What scripts accept that put a part into a page. */
  private static final String PART = "text/vnd.backline.part+html";

  private static final String CALENDAR = ".ics";

  private static final Logger log = LoggerFactory.getLogger(Pages.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Templates> templates;
  private final Clock clock;

  public Pages(Supplier<Templates> templates, Clock clock) {
    this.templates = templates;
    this.clock = clock;
  }

  /** An id with .ics behind it asks for the entry of a calendar. */
  public void calendar(Exchange exchange) {
    String id = exchange.getMessage().getHeader("id", "", String.class);
    if (id.endsWith(CALENDAR)) {
      exchange.getMessage().setHeader("id", id.substring(0, id.length() - CALENDAR.length()));
      exchange.setProperty("page", "calendar");
    }
  }

  /** A document beside the one of the page, under a name: takes the header found away. */
  public void keep(@ExchangeProperty("as") String name, Exchange exchange) {
    Object found = document(exchange.getMessage().removeHeader("found"));
    exchange.setProperty("document " + name, found);
  }

  /** Makes the page of property {@code page}; what was found becomes what is sent. */
  public void render(@ExchangeProperty("page") String page, Exchange exchange) {
    Message message = exchange.getMessage();
    Object found = message.getHeader("found");
    String keeper = message.getHeader("keeper", String.class);
    if (found == null && keeper != null) {
      message.setHeader("keeper", keeper.replaceFirst("^/api/", "/"));
      return;
    }
    if (found == null) {
      throw new Refused(
          Problem.of(404, "There is nothing here. It may have been merged or removed."));
    }
    Object doc = read(document(found).toString());
    if (page.equals("calendar")) {
      if (((Map<?, ?>) doc).get("localDate") == null) {
        throw new Refused(Problem.of(404, "This show has no date yet."));
      }
      exchange.setProperty("contentType", "text/calendar; charset=utf-8");
      message.setHeader("found", Calendar.of((Map<?, ?>) doc, clock));
      return;
    }
    Map<String, Object> model = model(message);
    model.put("doc", doc);
    model.put("structured", Structured.of(page, (Map<?, ?>) doc));
    exchange
        .getProperties()
        .forEach(
            (name, value) -> {
              if (name.startsWith("document ") && value != null) {
                model.put(name.substring("document ".length()), read(value.toString()));
              }
            });
    exchange.setProperty("contentType", "text/html; charset=utf-8");
    message.setHeader("found", templates.get().render(page, model));
  }

  /** The text that a page of a list was found as, or a document itself. */
  private static Object document(Object found) {
    return found instanceof Map<?, ?> row ? row.get("document") : found;
  }

  private static Object read(String document) {
    try {
      return JSON.readValue(document, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a statement made what is no JSON: " + e.getMessage(), e);
    }
  }

  private Map<String, Object> model(Message message) {
    Map<String, Object> model = new HashMap<>();
    String accept = message.getHeader("Accept", "", String.class);
    model.put("part", accept.contains(PART));
    model.put("query", query(message.getHeader(Exchange.HTTP_RAW_QUERY, String.class)));
    model.put("path", message.getHeader(Exchange.HTTP_PATH, "/", String.class));
    model.put("origin", "//" + message.getHeader("Host", "localhost", String.class));
    model.put("today", LocalDate.now(clock.withZone(ZoneOffset.UTC)).toString());
    model.put(
        "asset",
        (TemplateMethodModelEx) names -> templates.get().address(String.valueOf(names.get(0))));
    model.put("circle", (TemplateMethodModelEx) Pages::circle);
    return model;
  }

  /** Where the n-th of some points on a circle lies: {@code circle(n, of, radius)} is [x, y]. */
  private static List<Long> circle(List<?> arguments) {
    double[] numbers =
        arguments.stream().mapToDouble(a -> Double.parseDouble(a.toString())).toArray();
    double angle = 2 * Math.PI * numbers[0] / Math.max(1, numbers[1]) - Math.PI / 2;
    return List.of(
        Math.round(numbers[2] * Math.cos(angle)), Math.round(numbers[2] * Math.sin(angle)));
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] sides = pair.split("=", 2);
      if (sides.length == 2 && !sides[1].isBlank()) {
        query.put(
            URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
            URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  /** A failure as a page: what is wrong and what to do. */
  public void problem(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Problem problem = Problems.of(failure);
    if (problem.status() >= 500) {
      log.error("{} {}: {}", exchange.getFromRouteId(), problem.status(), Problems.line(failure));
    }
    Message message = exchange.getMessage();
    String page = html(problem, model(message));
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
    message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
    message.setHeader("Cache-Control", "no-store");
    message.setHeader("Vary", "Accept");
    message.setBody(page.getBytes(StandardCharsets.UTF_8));
  }

  private String html(Problem problem, Map<String, Object> model) {
    model.put("doc", Map.of("status", problem.status(), "detail", problem.detail()));
    return templates.get().render("error", model);
  }

  /**
   * A file that pages refer to; it may be kept for good where its address says which text it is.
   */
  public void asset(Exchange exchange) {
    Message message = exchange.getMessage();
    String name = message.getHeader("file", "", String.class);
    String text = templates.get().asset(name);
    String type =
        switch (name.replaceFirst(".*\\.", "")) {
          case "css" -> "text/css; charset=utf-8";
          case "js" -> "text/javascript; charset=utf-8";
          case "svg" -> "image/svg+xml";
          case "txt" -> "text/plain; charset=utf-8";
          default -> null;
        };
    if (text == null || type == null) {
      throw new Refused(Problem.of(404));
    }
    boolean named =
        ("v=" + Templates.mark(text)).equals(message.getHeader(Exchange.HTTP_RAW_QUERY));
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, type);
    message.setHeader(
        "Cache-Control", named ? "public, max-age=31536000, immutable" : "public, max-age=300");
    message.setBody(text.getBytes(StandardCharsets.UTF_8));
  }
}
