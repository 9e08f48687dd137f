package dev.backline.reload;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The time after an edit was taken, in which it can still turn out to be bad: its routes fail, or
 * records that land now become less than the former files would make of them. What an API sends
 * differently fails on both sides and is not the edit's.
 */
final class EditWatch {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Trying records may take a tenth of the time. */
  private static final int PAUSE = 10;

  /** Fewer new records of a kind say nothing. */
  private static final int FEWEST = 5;

  private final Guard guard;
  private final RouteHealth health;
  private final RouteSet good;
  private final RouteSet edited;
  private final Set<Kind> kinds;
  private final String since;
  private final long begun = System.nanoTime();
  private final long end;
  private long next = System.nanoTime() + LOOK_NANOS;
  private int tried;

  /**
   * @param good the last set that has stood its watch
   * @param since when the first edit since then was taken, by the database's clock; null where no
   *     kind of record is touched
   */
  EditWatch(Guard guard, RouteHealth health, RouteSet good, RouteSet edited, String since) {
    this.guard = guard;
    this.health = health;
    this.good = good;
    this.edited = edited;
    this.kinds = Kind.touched(good, edited);
    this.since = since;
    this.end = begun + TimeUnit.SECONDS.toNanos(guard.limits().watchSeconds());
  }

  RouteHealth health() {
    return health;
  }

  RouteSet good() {
    return good;
  }

  RouteSet edited() {
    return edited;
  }

  Set<Kind> kinds() {
    return kinds;
  }

  String since() {
    return since;
  }

  long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
  }

  /** How many records that have landed since were tried at the last look. */
  int tried() {
    return tried;
  }

  /** Whether it is time to look; at the end it is once more. */
  boolean due() {
    return System.nanoTime() >= Math.min(next, end);
  }

  boolean over() {
    return System.nanoTime() >= end;
  }

  /** Why the edit is bad; nothing where it is not. */
  List<String> look() throws Guard.NotNow {
    long start = System.nanoTime();
    try {
      String trouble = health.trouble(guard.limits().lostPercent());
      if (trouble != null) {
        return List.of(trouble);
      }
      if (since == null) {
        return List.of();
      }
      Guard.Report report =
          guard.judge(good, edited, edited.changedSince(good), kinds, since, FEWEST);
      tried = report.tried().values().stream().mapToInt(n -> n).sum();
      return report.problems().stream().map(Problem::where).toList();
    } finally {
      long took = System.nanoTime() - start;
      next = System.nanoTime() + Math.max(LOOK_NANOS, PAUSE * took);
    }
  }
}
