package dev.backline.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast a run goes and how long it still takes, by what it did in the last half minute. What is
 * shown never runs backwards: neither the share that is done nor the records, whatever a run's plan
 * grows to.
 */
final class Pace {
  private static final double ALMOST = 0.99;
  private static final long WINDOW = Duration.ofSeconds(30).toNanos();
  private static final long SOONEST = Duration.ofSeconds(2).toNanos();

  private record Look(long nanoTime, long records, double share) {}

  private final Deque<Look> looks = new ArrayDeque<>();

  /**
   * @param nanoTime of {@link System#nanoTime}
   * @param records that are done
   * @param share of the run that is done, from 0 to 1; a run that has not ended is not all done
   */
  void at(long nanoTime, long records, double share) {
    Look last = looks.peekLast();
    looks.addLast(
        new Look(
            nanoTime,
            last == null ? records : Math.max(last.records, records),
            Math.max(last == null ? 0 : last.share, Math.min(share, ALMOST))));
    while (looks.size() > 2 && nanoTime - looks.peekFirst().nanoTime > WINDOW) {
      looks.removeFirst();
    }
  }

  int percent() {
    return looks.isEmpty() ? 0 : (int) (looks.peekLast().share * 100);
  }

  private long records() {
    return looks.isEmpty() ? 0 : looks.peekLast().records;
  }

  private long elapsed() {
    return looks.isEmpty() ? 0 : looks.peekLast().nanoTime - looks.peekFirst().nanoTime;
  }

  /** Records a second. */
  long rate() {
    long elapsed = elapsed();
    return elapsed == 0 ? 0 : Math.round((records() - looks.peekFirst().records) * 1e9 / elapsed);
  }

  /** Empty while it is too soon to say, and while nothing moves. */
  Optional<Duration> left() {
    long elapsed = elapsed();
    if (elapsed < SOONEST) {
      return Optional.empty();
    }
    double share = looks.peekLast().share;
    double moved = share - looks.peekFirst().share;
    return moved <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos((long) (elapsed * (1 - share) / moved)));
  }

  /** Records, rate and time left, for people. */
  String words() {
    String words = String.format(Locale.ROOT, "%,d records, %,d records/s", records(), rate());
    return words + left().map(time -> ", about " + words(time) + " left").orElse("");
  }

  private static String words(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    if (seconds < 90) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 90 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
  }
}
