package dev.backline.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.backline.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Visitors: random numbers in a signed cookie, and nothing else is known of them. Without a secret
 * of 32 characters nobody becomes one. Somebody who throws the cookie away is a new visitor, so
 * calls are counted by client address, too; behind one address many people share that limit.
 */
final class Visitors {
  static final String COOKIE = "backline_visitor";
  static final String SECRET = "visitor.secret";

  private static final Pattern IN_COOKIES =
      Pattern.compile("(?:^|;\\s*)" + COOKIE + "=([0-9a-f-]{36})\\.([\\w-]{43})(?:;|$)");
  private static final int YEAR_SECONDS = 31_536_000;
  private static final int MOST_COUNTED = 100_000;

  private final Settings settings;
  private final Cache<String, AtomicInteger> calls = window(Duration.ofMinutes(1));
  private final Cache<String, AtomicInteger> arrivals = window(Duration.ofHours(1));

  Visitors(Settings settings) {
    this.settings = settings;
  }

  private static Cache<String, AtomicInteger> window(Duration length) {
    return Caffeine.newBuilder().expireAfterWrite(length).maximumSize(MOST_COUNTED).build();
  }

  /** Whether visitors can be told apart. */
  boolean open() {
    return secret().isPresent();
  }

  private Optional<String> secret() {
    try {
      return settings.find(SECRET).filter(secret -> secret.length() >= Tokens.SHORTEST);
    } catch (Settings.Invalid e) {
      return Optional.empty(); // its file cannot be read: closed
    }
  }

  /** The visitor that a header {@code Cookie} names, if its signature is ours. */
  Optional<UUID> known(String cookies) {
    Matcher cookie = IN_COOKIES.matcher(cookies == null ? "" : cookies);
    if (!cookie.find() || !open()) {
      return Optional.empty();
    }
    boolean ours = Tokens.same(sign(cookie.group(1)), cookie.group(2));
    return ours ? Optional.of(UUID.fromString(cookie.group(1))) : Optional.empty();
  }

  /** A new visitor from an address; empty where too many came from there in the last hour. */
  Optional<UUID> arrive(String address) {
    return under(arrivals, address, settings.number("visitor.new-per-hour"))
        ? Optional.of(UUID.randomUUID())
        : Optional.empty();
  }

  /** Whether a visitor, and whoever shares its address, has called seldom enough. */
  boolean mayCall(UUID visitor, String address) {
    return under(calls, "visitor " + visitor, settings.number("visitor.calls-per-minute"))
        & under(calls, "address " + address, settings.number("visitor.address-calls-per-minute"));
  }

  /** Whether an address has read seldom enough. */
  boolean mayRead(String address) {
    int most = settings.number("web.reads-per-minute");
    return most == 0 || under(calls, "reads " + address, most);
  }

  private static boolean under(Cache<String, AtomicInteger> counts, String key, int most) {
    return counts.get(key, k -> new AtomicInteger()).incrementAndGet() <= most;
  }

  /** The header {@code Set-Cookie} of a visitor. */
  String cookie(UUID visitor, boolean secure) {
    return COOKIE
        + '='
        + visitor
        + '.'
        + sign(visitor.toString())
        + "; Path=/; Max-Age="
        + YEAR_SECONDS
        + "; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }

  private String sign(String visitor) {
    return Tokens.signature(secret().orElseThrow(), "visitor " + visitor);
  }
}
