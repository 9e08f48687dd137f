package dev.backline.identity;

import java.util.List;

/**
 * What speaks for two records being one entity.
 *
 * @param left key of the record that comes first
 * @param right key of the other one
 * @param score 0 to 1
 * @param lines the evidence, a sentence each
 * @param veto why they are two whatever the score says; null: nothing forbids it
 * @param offer key of the one that is a listing sold beside the other (VIP, parking); else null
 */
public record Pair(
    String left, String right, double score, List<String> lines, String veto, String offer) {
  public Pair {
    if (left.compareTo(right) > 0) {
      String first = right;
      right = left;
      left = first;
    }
  }
}
