package dev.backline.sandbox;

import com.sun.net.httpserver.Headers;
import java.time.Clock;
import java.time.Duration;

/**
 * The calls of a day, as the headers of good answers tell them. Nothing is refused: a fault does
 * that. A day begins with its first call and ends after 24 hours, or when the world's day moves.
 */
final class Quota {
  private static final long CALLS = 5000;
  private static final long DAY = Duration.ofHours(24).toMillis();

  private final Clock clock;
  private long ends;
  private int worldDay = -1;
  private long used;

  Quota(Clock clock) {
    this.clock = clock;
  }

  /** Notes a call on a day of the world. */
  synchronized void call(int day) {
    long now = clock.millis();
    if (now >= ends || day != worldDay) {
      ends = now + DAY;
      worldDay = day;
      used = 0;
    }
    used++;
  }

  synchronized void tell(Headers headers) {
    headers.set("Rate-Limit", Long.toString(CALLS));
    headers.set("Rate-Limit-Available", Long.toString(Math.max(0, CALLS - used)));
    headers.set("Rate-Limit-Over", Long.toString(Math.max(0, used - CALLS)));
    headers.set("Rate-Limit-Reset", Long.toString(ends));
  }
}
