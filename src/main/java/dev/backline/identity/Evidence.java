package dev.backline.identity;

import java.util.ArrayList;
import java.util.List;

/**
 * What speaks for and against two records being one entity.
 *
 * @param score 0 to 1: the points of all lines, of 100; 0 with a veto
 * @param lines one for each thing that counted, with its points, as "same city (+35)"
 * @param veto why the two can never be one whatever else agrees; null where nothing forbids it
 */
public record Evidence(double score, List<String> lines, String veto) {
  /** Is it certain enough to join them, as far as these two records tell? */
  public boolean reaches(double threshold) {
    return veto == null && score >= threshold;
  }

  static Evidence vetoed(String reason) {
    return new Evidence(0, List.of(), reason);
  }

  /** Adds up points, which are whole hundredths so that no order of adding changes the score. */
  static final class Tally {
    private final List<String> lines = new ArrayList<>(6);
    private int points;

    Tally add(int more, String line) {
      points += more;
      lines.add(line + (more < 0 ? " (" : " (+") + more + ")");
      return this;
    }

    Evidence evidence() {
      return new Evidence(Math.max(0, Math.min(100, points)) / 100.0, List.copyOf(lines), null);
    }
  }
}
