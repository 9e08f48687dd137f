package dev.backline.cli;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast a run goes and how long it still takes, measured since it is watched. What is shown
 * never runs backwards: neither the share that is done nor the records, whatever a run's plan grows
 * to.
 */
final class Pace {
  private static final double ALMOST = 0.99;
  private static final Duration SOONEST = Duration.ofSeconds(2);

  private final long start;
  private long firstDone = -1;
  private double firstFraction;
  private long done;
  private double fraction;
  private long now;

  /**
   * @param start nanoseconds of {@link System#nanoTime}
   */
  Pace(long start) {
    this.start = start;
    this.now = start;
  }

  /**
   * @param recordsDone records that are applied
   * @param share of the run that is done, from 0 to 1; a run that has not ended is not all done
   */
  void at(long nanoTime, long recordsDone, double share) {
    now = nanoTime;
    done = Math.max(done, recordsDone);
    fraction = Math.max(fraction, Math.min(share, ALMOST));
    if (firstDone < 0) {
      firstDone = done;
      firstFraction = fraction;
    }
  }

  long done() {
    return done;
  }

  int percent() {
    return (int) (fraction * 100);
  }

  /** Records a second; 0 while it is too soon to say. */
  long rate() {
    Duration elapsed = Duration.ofNanos(now - start);
    return elapsed.isZero() ? 0 : Math.round((done - firstDone) * 1000.0 / elapsed.toMillis());
  }

  /** Empty while it is too soon to say, or nothing has moved. */
  Optional<Duration> left() {
    Duration elapsed = Duration.ofNanos(now - start);
    double moved = fraction - firstFraction;
    if (elapsed.compareTo(SOONEST) < 0 || moved <= 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - fraction) / moved)));
  }

  /** Records, rate and time left, for people. */
  String words() {
    String words = String.format("%,d records, %,d records/s", done, rate());
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
