package dev.backline.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.Settings;
import dev.backline.fetch.CallFailed.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Message;

/**
 * What fetching decides in Java: how a query is written, what an answer's status means, how much of
 * a body is read. Bean {@code calls} of {@code routes/flow/fetch.camel.yaml}.
 */
public final class Calls {
  private static final int EXCERPT = 300;
  private static final int MOST_REDIRECTS = 3;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Pattern QUOTA_IS_SPENT = Pattern.compile("QuotaViolation|QUOTA_EXCEEDED");

  private final Settings settings;
  private final Clock clock;

  public Calls(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** A query string from a JSON object; null and empty values are left out. */
  public String query(JsonNode parameters) {
    StringJoiner query = new StringJoiner("&");
    parameters
        .properties()
        .forEach(
            entry -> {
              String value = entry.getValue().asText("");
              if (!entry.getValue().isNull() && !value.isEmpty()) {
                query.add(entry.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
              }
            });
    return query.toString();
  }

  /** Calls a second of a source, at the moment: a file that names the limit may have changed. */
  public int perSecond(@ExchangeProperty("source") String source) {
    return settings.number(source + ".rate-limit-per-second");
  }

  /** Calls a day of a source, likewise. */
  public int perDay(@ExchangeProperty("source") String source) {
    return settings.number(source + ".rate-limit-per-day");
  }

  /** A secret setting, at the moment it is needed: it may have changed since the last call. */
  public String secret(String key) {
    return settings.find(key).orElse("");
  }

  /**
   * Makes the body its bytes, while the connection is open; throws for the statuses that say that
   * the source is in trouble; the circuit breaker counts.
   */
  public void serverError(Exchange exchange) throws CallFailed, IOException {
    int status = status(exchange);
    exchange.getMessage().setBody(bytes(exchange.getMessage().getBody(InputStream.class)));
    if (status >= 500 || status == 408) {
      throw failure(exchange, status);
    }
  }

  /** Whether the answer sends the call elsewhere. */
  public boolean redirected(Exchange exchange) {
    return REDIRECTS.contains(status(exchange))
        && exchange.getMessage().getHeader("Location", String.class) != null;
  }

  /**
   * Makes the call the one that a redirect leads to: properties {@code path} and {@code query}. The
   * new call is counted and waits for its turn as any other.
   *
   * @throws CallFailed when it leads away from the source's own address, or on and on
   */
  public void redirect(Exchange exchange) throws CallFailed {
    String source = exchange.getProperty("source", String.class);
    Message answer = exchange.getMessage();
    int followed = exchange.getProperty("redirects", 0, Integer.class);
    exchange.setProperty("redirects", followed + 1);
    try {
      URI base = URI.create(settings.text(source + ".base-url"));
      URI to =
          base.resolve(exchange.getProperty("path", "", String.class))
              .resolve(answer.getHeader("Location", String.class).trim())
              .normalize();
      boolean ours =
          Objects.equals(base.getScheme(), to.getScheme())
              && Objects.equals(base.getRawAuthority(), to.getRawAuthority())
              && to.getRawPath().startsWith(base.getRawPath());
      if (ours && followed < MOST_REDIRECTS) {
        exchange.setProperty("path", to.getRawPath().substring(base.getRawPath().length()));
        exchange.setProperty("query", withoutSecrets(to.getRawQuery()));
        return;
      }
    } catch (IllegalArgumentException e) {
      // Not an address: it is not followed either.
    }
    throw new CallFailed(
        status(exchange),
        settings.redact(
            source
                + (followed < MOST_REDIRECTS ? " redirects to " : " redirects on and on, to ")
                + answer.getHeader("Location", String.class).replaceAll("\\?.*", "")
                + ", which is not followed; if the API has moved, set "
                + Settings.variable(source + ".base-url")),
        Remedy.GIVE_UP,
        Duration.ZERO);
  }

  /** A source may echo our key in a redirect; its own route adds it again. */
  private String withoutSecrets(String query) {
    return query == null
        ? ""
        : Arrays.stream(query.split("&"))
            .filter(
                pair ->
                    settings
                        .redact(URLDecoder.decode(pair, StandardCharsets.UTF_8))
                        .equals(URLDecoder.decode(pair, StandardCharsets.UTF_8)))
            .collect(Collectors.joining("&"));
  }

  /**
   * Throws for every other answer than success. What says "there is none" (the route's property
   * {@code noneAnswers}) is no failure: it sets {@code none}. What says that the source does not
   * serve a thing that the request only tries ({@code tries}, {@code refusals}) fails by itself.
   */
  public void clientError(Exchange exchange) throws CallFailed, NotServed {
    int status = status(exchange);
    String tried = exchange.getProperty("tries", String.class);
    if (matches(exchange, "noneAnswers")) {
      exchange.setProperty("none", true);
    } else if (tried != null && matches(exchange, "refusals")) {
      throw new NotServed(
          exchange.getProperty("source") + " does not serve " + tried + ": it answered " + status);
    } else if ((status < 200 || status > 299) && !AnswerCache.unchanged(exchange)) {
      throw failure(exchange, status);
    }
  }

  /** Whether status and beginning of the body, on one line, match a property of the route. */
  private boolean matches(Exchange exchange, String property) {
    String wanted = exchange.getProperty(property, String.class);
    return wanted != null
        && (status(exchange) + " " + excerpt(exchange.getMessage().getBody(byte[].class)))
            .trim()
            .matches(wanted);
  }

  private static int status(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
  }

  private CallFailed failure(Exchange exchange, int status) {
    String source = exchange.getProperty("source", String.class);
    String body = excerpt(exchange.getMessage().getBody(byte[].class));
    Optional<Duration> asked = asked(exchange, status, body);
    String message =
        settings.redact(source + " answered " + status + (body.isEmpty() ? "" : ": " + body));
    return new CallFailed(
        status, message, remedy(status, body, asked), asked.orElse(Duration.ZERO));
  }

  /** The end of the day is told with every answer; only of a spent quota is it the pause. */
  private Optional<Duration> asked(Exchange exchange, int status, String body) {
    String retryAfter = exchange.getMessage().getHeader("Retry-After", String.class);
    Optional<Duration> asked = RetryAfter.parse(retryAfter, clock.instant());
    return asked.isPresent() || status != 429 || !QUOTA_IS_SPENT.matcher(body).find()
        ? asked
        : RetryAfter.reset(
            exchange.getMessage().getHeader("Rate-Limit-Reset", String.class), clock.instant());
  }

  private Remedy remedy(int status, String body, Optional<Duration> asked) {
    Duration longest = Duration.ofMillis(settings.number("fetch.longest-wait"));
    if (status == 429 || status >= 500 || status == 408) {
      boolean limited = status == 429 || status == 503;
      boolean dayIsSpent = limited && asked.isEmpty() && QUOTA_IS_SPENT.matcher(body).find();
      boolean tooLong = asked.filter(pause -> pause.compareTo(longest) > 0).isPresent();
      return dayIsSpent || tooLong ? Remedy.PARK : Remedy.RETRY;
    }
    return status == 401 || status == 403 ? Remedy.MEND_KEY : Remedy.GIVE_UP;
  }

  /** The beginning of a body; redacted before it is cut, or half a secret would stay. */
  private String excerpt(byte[] body) {
    if (body == null) {
      return "";
    }
    String text = new String(body, 0, Math.min(body.length, EXCERPT * 10), StandardCharsets.UTF_8);
    String line = settings.redact(text).replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
    return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "…";
  }

  /** An answer without a body is empty. */
  private static byte[] bytes(InputStream body) throws IOException {
    if (body == null) {
      return new byte[0];
    }
    try (body) {
      return body.readAllBytes();
    }
  }

  /**
   * Milliseconds until a call's turn; the call is counted already. Sets {@code slow} where the
   * source is called at longer intervals than its limit asks for.
   */
  public long turn(@Header("quota") Map<String, Object> quota, Exchange exchange)
      throws CallRefused {
    if (!Boolean.TRUE.equals(quota.get("granted"))) {
      throw new CallRefused(
          String.valueOf(quota.get("reason")), ((Timestamp) quota.get("until")).toInstant());
    }
    exchange.setProperty("slow", Boolean.TRUE.equals(quota.get("slow")));
    return ((Number) quota.get("wait")).longValue();
  }
}
