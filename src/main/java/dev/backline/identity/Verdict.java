package dev.backline.identity;

/**
 * A person's word on two records, by their keys; it is permanent.
 *
 * @param same whether they are one entity
 */
public record Verdict(String left, String right, boolean same) {
  public Verdict {
    if (left.compareTo(right) > 0) {
      String first = right;
      right = left;
      left = first;
    }
  }
}
