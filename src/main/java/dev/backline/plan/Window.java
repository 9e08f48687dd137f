package dev.backline.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A span of time that a request covers, both edges inclusive, whole seconds.
 *
 * @param from first second
 * @param to last second
 */
public record Window(Instant from, Instant to) {
  private static final int MOST_PARTS = 32;

  /**
   * Cuts the window so that each part holds, evenly spread, at most four fifths of what paging
   * reaches. Parts touch without a gap and share no second.
   *
   * @return at least two parts, or none where the window is a single second
   */
  public List<Window> split(long total, int reachable) {
    long seconds = Duration.between(from, to).getSeconds() + 1;
    if (seconds < 2) {
      return List.of();
    }
    long wanted = Math.max(2, (long) Math.ceil(total / (reachable * 0.8)));
    int parts = (int) Math.min(Math.min(wanted, MOST_PARTS), seconds);
    List<Window> windows = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      Instant start = from.plusSeconds(seconds * i / parts);
      Instant end = from.plusSeconds(seconds * (i + 1) / parts - 1);
      windows.add(new Window(start.truncatedTo(ChronoUnit.SECONDS), end));
    }
    return windows;
  }
}
