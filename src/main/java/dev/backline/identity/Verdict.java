package dev.backline.identity;

/**
 * A person's word on two records, by their keys; it is permanent.
 *
 * @param same whether they are one entity
 * @param keeps key of the one whose entity goes on where both have the same; null: nobody said
 */
public record Verdict(String left, String right, boolean same, String keeps) {
  public Verdict {
    if (left.compareTo(right) > 0) {
      String first = right;
      right = left;
      left = first;
    }
  }

  public Verdict(String left, String right, boolean same) {
    this(left, right, same, null);
  }
}
