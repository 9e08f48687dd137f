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

/** Takes the calls of the Discovery API: counts them, applies the faults, answers. */
final class TicketmasterHandler implements HttpHandler {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private final World world;
  private final Discovery discovery;
  private final Ledger ledger;
  private final Supplier<Faults> faults;
  private final Clock clock;
  private final Deque<Desk> desks = new ConcurrentLinkedDeque<>();
  private final Quota quota;

  TicketmasterHandler(World world, Ledger ledger, Supplier<Faults> faults, Clock clock) {
    this.world = world;
    this.discovery = new Discovery(world);
    this.ledger = ledger;
    this.faults = faults;
    this.clock = clock;
    this.quota = new Quota(clock);
  }

  /** What one answer is made on. The one used last is used next, so few are ever made. */
  private record Desk(JsonBytes body, Served served) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    ledger.call(System.nanoTime());
    quota.call(world.day());
    CallFaults struck = faults.get().next();
    if (struck.has(Fault.SLOW)) {
      Delivery.pause(struck.number(Fault.SLOW));
    }
    if (struck.has(Fault.REDIRECT)) {
      redirect(exchange, struck.text(Fault.REDIRECT));
      return;
    }
    Params params = new Params(exchange.getRequestURI().getRawQuery());
    Desk free = desks.pollFirst();
    Desk desk = free == null ? new Desk(new JsonBytes(256 * 1024), new Served()) : free;
    try {
      send(exchange, answer(exchange, params, struck, desk), struck);
    } finally {
      desks.addFirst(desk);
    }
  }

  private void send(HttpExchange exchange, Answer answer, CallFaults struck) throws IOException {
    if (answer.status() == 200) {
      quota.tell(exchange.getResponseHeaders());
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

  private Answer answer(HttpExchange exchange, Params params, CallFaults struck, Desk desk) {
    if (struck.has(Fault.STATUS)) {
      String key = params.get("apikey");
      return Answers.status(struck.number(Fault.STATUS), key == null ? "" : key);
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      return Answers.status(405, "");
    }
    if (struck.has(Fault.ARRAY)) {
      return Answers.text(200, Answers.JSON, "[]");
    }
    if (struck.has(Fault.ERROR_200)) {
      return Answers.errorsWith200();
    }
    if (struck.has(Fault.HTML_200)) {
      return Answers.login();
    }
    desk.served().clear();
    String path = exchange.getRequestURI().getPath();
    String prefix = exchange.getHttpContext().getPath();
    return discovery.answer(
        path.substring(prefix.length()), params, struck, desk.body().clear(), desk.served());
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
