package dev.backline.bench;

import dev.backline.bench.Bench.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What was measured at one size, a list of rounds for each part. */
public record Figures(Map<Part, List<Measured>> parts) {

  /** The round with the median rate. */
  public Measured median(Part part) {
    List<Measured> ordered =
        parts.get(part).stream().sorted(Comparator.comparingDouble(Measured::perSecond)).toList();
    return ordered.get(ordered.size() / 2);
  }

  /** The median over rounds of the ratio of two parts' rates within a round. */
  public double ratio(Part of, Part to) {
    List<Measured> upper = parts.get(of);
    List<Measured> lower = parts.get(to);
    double[] ratios = new double[upper.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = upper.get(i).perSecond() / lower.get(i).perSecond();
    }
    java.util.Arrays.sort(ratios);
    return ratios[ratios.length / 2];
  }
}
