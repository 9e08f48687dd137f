package dev.backline.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The access tokens that were given out, and until when each is good. Thread-safe. */
final class SpotifyTokens {
  private static final int LENGTH = 83;

  private final Dice dice;
  private final Clock clock;
  private final AtomicLong given = new AtomicLong();
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();
  private volatile int lifeSeconds = 3600;

  SpotifyTokens(Dice dice, Clock clock) {
    this.dice = dice;
    this.clock = clock;
  }

  /** How long a token given out now is good, in seconds. */
  int lifeSeconds() {
    return lifeSeconds;
  }

  void lifeSeconds(int seconds) {
    lifeSeconds = seconds;
  }

  /** A new token. */
  String give() {
    String token = dice.alphanumeric(LENGTH, Trait.SPOTIFY_TOKEN, given.incrementAndGet());
    ends.put(token, clock.instant().plusSeconds(lifeSeconds));
    return token;
  }

  /** Ends every token given out so far. */
  void expire() {
    ends.replaceAll((token, end) -> Instant.MIN);
  }

  /** Why an Authorization header is refused, or null when it is good. */
  String refusal(String header) {
    if (header == null) {
      return "No token provided";
    }
    Instant end = header.startsWith("Bearer ") ? ends.get(header.substring(7)) : null;
    if (end == null) {
      return "Invalid access token";
    }
    return clock.instant().isBefore(end) ? null : "The access token expired";
  }
}
