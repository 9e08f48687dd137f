package dev.backline.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Takes the calls of one API: counts them, applies the faults, answers. */
final class ApiHandler implements HttpHandler {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private final Api api;
  private final SourceLedger ledger;
  private final Supplier<CallFaults> faults;
  private final Clock clock;
  private final Deque<Desk> desks = new ConcurrentLinkedDeque<>();

  /** {@code faults} answers what strikes the next call. */
  ApiHandler(Api api, SourceLedger ledger, Supplier<CallFaults> faults, Clock clock) {
    this.api = api;
    this.ledger = ledger;
    this.faults = faults;
    this.clock = clock;
  }

  /** What one answer is made on. The one used last is used next, so few are ever made. */
  private record Desk(JsonBytes body, Served served) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    ledger.call(System.nanoTime());
    api.called();
    CallFaults struck = faults.get();
    if (struck.has(Fault.SLOW)) {
      Delivery.pause(struck.number(Fault.SLOW));
    }
    if (struck.has(Fault.REDIRECT)) {
      redirect(exchange, struck.text(Fault.REDIRECT));
      return;
    }
    Desk free = desks.pollFirst();
    Desk desk = free == null ? new Desk(new JsonBytes(256 * 1024), new Served()) : free;
    try {
      send(exchange, unlessKnown(exchange, answer(exchange, struck, desk)), struck);
    } finally {
      desks.addFirst(desk);
    }
  }

  /** 304 where the caller names the ETag of just this answer. */
  private Answer unlessKnown(HttpExchange exchange, Answer answer) {
    if (!api.tagged() || answer.status() != 200) {
      return answer;
    }
    CRC32C sum = new CRC32C();
    sum.update(answer.body(), 0, answer.length());
    String tag = "\"" + Long.toHexString(sum.getValue()) + "-" + answer.length() + "\"";
    exchange.getResponseHeaders().set("ETag", tag);
    return tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))
        ? Answer.of(304, answer.contentType(), new byte[0])
        : answer;
  }

  private void send(HttpExchange exchange, Answer answer, CallFaults struck) throws IOException {
    if (answer.status() == 200) {
      api.tell(exchange.getResponseHeaders());
    } else if (struck.has(Fault.STATUS) && struck.has(Fault.RETRY_AFTER)) {
      String value = retryAfter(struck.text(Fault.RETRY_AFTER));
      exchange.getResponseHeaders().set("Retry-After", value);
    } else if (struck.has(Fault.STATUS) && struck.has(Fault.RATE_LIMIT_RESET)) {
      String value = reset(struck.text(Fault.RATE_LIMIT_RESET));
      exchange.getResponseHeaders().set("Rate-Limit-Reset", value);
    }
    Served served = answer.served();
    Delivery.send(
        exchange,
        answer,
        struck,
        () -> {
          if (served != null) {
            ledger.record(served);
          }
        });
  }

  private Answer answer(HttpExchange exchange, CallFaults struck, Desk desk) {
    Params params = new Params(exchange.getRequestURI().getRawQuery());
    if (struck.has(Fault.STATUS)) {
      return api.status(struck.number(Fault.STATUS), params);
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return api.status(405, params);
    }
    if (struck.has(Fault.ARRAY)) {
      return Answers.text(200, Answers.JSON, "[]");
    }
    if (struck.has(Fault.ERROR_200)) {
      return api.errorWith200();
    }
    if (struck.has(Fault.HTML_200)) {
      return Answers.login();
    }
    desk.served().clear();
    String base = exchange.getHttpContext().getPath();
    String path = exchange.getRequestURI().getRawPath().substring(base.length());
    return api.answer(
        new Call(
            path,
            params,
            exchange.getRequestHeaders(),
            struck,
            desk.body().clear(),
            desk.served()));
  }

  private static void redirect(HttpExchange exchange, String target) throws IOException {
    try (exchange) {
      String self = exchange.getRequestURI().toString();
      exchange.getResponseHeaders().set("Location", target.equals("self") ? self : target);
      exchange.sendResponseHeaders(302, -1);
    }
  }

  /** "ms+SECONDS" and "s+SECONDS" become the instant so far from now; anything else stays. */
  private String reset(String value) {
    if (!value.matches("m?s[+ ]\\d{1,9}")) {
      return value;
    }
    long end = clock.millis() + 1000 * Long.parseLong(value.replaceAll("\\D", ""));
    return Long.toString(value.startsWith("ms") ? end : end / 1000);
  }

  /**
   * "date+SECONDS" or "date-SECONDS" becomes an HTTP date so far from now; anything else stays. In
   * a query an unescaped plus arrives as a space.
   */
  private String retryAfter(String value) {
    if (!value.matches("date[+ -]\\d{1,9}")) {
      return value;
    }
    ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
    return HTTP_DATE.format(now.plusSeconds(Long.parseLong(value.substring(4).strip())));
  }
}
