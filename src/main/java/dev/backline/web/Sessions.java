package dev.backline.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.backline.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Operators in a browser: who has sent the operator's key once is known by a cookie for some hours,
 * signed with that key, so that another key ends all sessions. Bean {@code sessions}.
 */
public final class Sessions {
  private static final String COOKIE = "backline_ops";
  private static final Pattern IN_COOKIES =
      Pattern.compile("(?:^|;\\s*)" + COOKIE + "=(\\d{1,12})\\.([\\w-]{43})(?:;|$)");
  private static final Duration LENGTH = Duration.ofHours(12);
  private static final int ATTEMPTS_A_MINUTE = 10;

  private final Settings settings;
  private final Clock clock;
  private final Cache<String, AtomicInteger> attempts =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).maximumSize(10_000).build();

  public Sessions(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether a header {@code Cookie} is that of an operator. */
  boolean isOperator(String cookies) {
    Matcher cookie = IN_COOKIES.matcher(cookies == null ? "" : cookies);
    Optional<String> key = key();
    return cookie.find()
        && key.isPresent()
        && Long.parseLong(cookie.group(1)) > clock.instant().getEpochSecond()
        && Tokens.same(sign(key.get(), cookie.group(1)), cookie.group(2));
  }

  private Optional<String> key() {
    try {
      return settings.find("admin.api-key").filter(key -> key.length() >= Tokens.SHORTEST);
    } catch (Settings.Invalid e) {
      return Optional.empty(); // its file cannot be read: closed
    }
  }

  /** The field key of a form: the right one leads to the operations page, with the cookie. */
  public void login(Exchange exchange) {
    Message message = exchange.getMessage();
    String given = message.getHeader("key", "", String.class);
    String address = message.getHeader(Gate.ADDRESS, "", String.class);
    Optional<String> key = key();
    if (key.isEmpty()) {
      throw new Refused(
          Problem.of(503, "Operations are closed: ADMIN_API_KEY is not set, or too short."));
    }
    if (attempts.get(address, a -> new AtomicInteger()).incrementAndGet() > ATTEMPTS_A_MINUTE) {
      throw new Refused(Problem.of(429));
    }
    if (!Tokens.same(sign(key.get(), given), sign(key.get(), key.get()))) {
      throw new Refused(Problem.of(401, "This is not the operator's key (ADMIN_API_KEY)."));
    }
    attempts.invalidate(address);
    String until = String.valueOf(clock.instant().plus(LENGTH).getEpochSecond());
    leave(
        message,
        COOKIE + '=' + until + '.' + sign(key.get(), until) + "; Max-Age=" + LENGTH.toSeconds());
    message.setHeader("Location", "/ops");
  }

  /** Ends the session. */
  public void logout(Exchange exchange) {
    leave(exchange.getMessage(), COOKIE + "=; Max-Age=0");
    exchange.getMessage().setHeader("Location", "/");
  }

  private static void leave(Message message, String cookie) {
    message.removeHeaders("*");
    message.setHeader("Set-Cookie", cookie + "; Path=/; HttpOnly; SameSite=Strict");
    message.setHeader("Cache-Control", "no-store");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, 303);
    message.setBody(null);
  }

  private static String sign(String key, String text) {
    return Tokens.signature(key, "ops " + text);
  }
}
