package dev.backline.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import dev.backline.fetch.CallFailed.Remedy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * Access tokens of sources that give them out for client credentials (OAuth 2): kept in memory,
 * renewed before they expire, and once where a source refuses one. Never logged and never stored.
 * Bean {@code tokens}; the source is the exchange's.
 */
public final class AccessTokens {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration MARGIN = Duration.ofSeconds(60);
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

  private record Token(String value, Instant until) {}

  private final Map<String, Token> bySource = new ConcurrentHashMap<>();
  private final Settings settings;
  private final Clock clock;

  public AccessTokens(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether there is none, or one that is about to expire. */
  public boolean missing(Exchange exchange) {
    Token token = bySource.get(source(exchange));
    return token == null || !clock.instant().isBefore(token.until());
  }

  /** The header that a call carries. */
  public String bearer(Exchange exchange) {
    Token token = bySource.get(source(exchange));
    return "Bearer " + (token == null ? "" : token.value());
  }

  /** The header that asks for a token. */
  public String basic(Exchange exchange) {
    String source = source(exchange);
    String pair =
        settings.text(source + ".client-id") + ":" + settings.text(source + ".client-secret");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Keeps the token of an answer.
   *
   * @throws CallFailed when the answer is a refusal of our credentials, or holds no token
   */
  public void keep(Exchange exchange) throws CallFailed {
    int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    JsonNode answer = json(exchange.getMessage().getBody(byte[].class));
    if (status == 200 && answer.path("access_token").isTextual()) {
      Duration life = Duration.ofSeconds(answer.path("expires_in").asLong(0));
      // A life shorter than the margin is used to its half.
      Duration used =
          life.compareTo(MARGIN.multipliedBy(2)) > 0 ? life.minus(MARGIN) : life.dividedBy(2);
      bySource.put(
          source(exchange),
          new Token(answer.get("access_token").asText(), clock.instant().plus(used)));
    } else if (REFUSALS.contains(status)) {
      throw failure(
          exchange, status, ": " + answer.path("error").asText("no reason given"), Remedy.MEND_KEY);
    } else if (status == 200) {
      throw failure(exchange, status, " without an access token", Remedy.RETRY);
    }
  }

  /** Whether the source refuses the token, for the first time in this exchange: it is forgotten. */
  public boolean refused(Exchange exchange) {
    boolean first = exchange.getProperty("tokenRefused") == null;
    if (first
        && exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class) == 401) {
      exchange.setProperty("tokenRefused", true);
      bySource.remove(source(exchange));
      return true;
    }
    return false;
  }

  private CallFailed failure(Exchange exchange, int status, String what, Remedy remedy) {
    return new CallFailed(
        status,
        settings.redact(
            source(exchange) + " answered " + status + " where it gives out tokens" + what),
        remedy,
        Duration.ZERO);
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body == null ? new byte[0] : body);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static String source(Exchange exchange) {
    return exchange.getProperty("source", String.class);
  }
}
