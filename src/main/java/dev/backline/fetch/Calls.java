package dev.backline.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.Settings;
import dev.backline.fetch.CallFailed.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * What fetching decides in Java: how a query is written, what an answer's status means, how much of
 * a body is read. Bean {@code calls} of {@code routes/flow/fetch.camel.yaml}.
 */
public final class Calls {
  private static final int EXCERPT = 300;

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

  /** Throws for every other answer than success. */
  public void clientError(Exchange exchange) throws CallFailed {
    int status = status(exchange);
    if (status < 200 || status > 299) {
      throw failure(exchange, status);
    }
  }

  private static int status(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
  }

  private CallFailed failure(Exchange exchange, int status) {
    String source = exchange.getProperty("source", String.class);
    String body = excerpt(exchange.getMessage().getBody(byte[].class));
    Optional<Duration> asked =
        RetryAfter.parse(
            exchange.getMessage().getHeader("Retry-After", String.class), clock.instant());
    String message =
        settings.redact(source + " answered " + status + (body.isEmpty() ? "" : ": " + body));
    return new CallFailed(
        status, message, remedy(status, body, asked), asked.orElse(Duration.ZERO));
  }

  private Remedy remedy(int status, String body, Optional<Duration> asked) {
    Duration longest = Duration.ofMillis(settings.number("fetch.longest-wait"));
    if (status == 429 || status >= 500 || status == 408) {
      boolean limited = status == 429 || status == 503;
      boolean dayIsSpent = limited && asked.isEmpty() && body.contains("QuotaViolation");
      boolean tooLong = asked.filter(pause -> pause.compareTo(longest) > 0).isPresent();
      return dayIsSpent || tooLong ? Remedy.PARK : Remedy.RETRY;
    }
    return status == 401 || status == 403 ? Remedy.MEND_KEY : Remedy.GIVE_UP;
  }

  /** The beginning of a body; redacted before it is cut, or half a secret would stay. */
  private String excerpt(byte[] body) {
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

  /** Milliseconds until a call's turn; the call is counted already. */
  public long turn(@Header("quota") Map<String, Object> quota) throws CallRefused {
    if (!Boolean.TRUE.equals(quota.get("granted"))) {
      throw new CallRefused(
          String.valueOf(quota.get("reason")), ((Timestamp) quota.get("until")).toInstant());
    }
    return ((Number) quota.get("wait")).longValue();
  }
}
