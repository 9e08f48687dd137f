package dev.backline.apply;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Ids of catalogue rows: UUID version 7, so that new rows stand together in the index. */
final class Ids {
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  Ids(Clock clock) {
    this.clock = clock;
  }

  String next() {
    long high = (clock.millis() << 16) | 0x7000L | (random.nextInt() & 0xfffL);
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
