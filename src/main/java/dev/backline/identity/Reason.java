package dev.backline.identity;

import java.util.List;

/**
 * Why a record belongs to its entity.
 *
 * @param method {@code source-id}: its own id alone; {@code trusted-id}, {@code evidence}, {@code
 *     offer} or {@code verdict}: what joined it to the others
 * @param score 0 to 1
 * @param lines the evidence, a sentence each
 */
public record Reason(String method, double score, List<String> lines) {
  static final Reason OWN_ID = new Reason("source-id", 1, List.of());

  /** Whether a person decided. */
  public boolean human() {
    return method.equals("verdict");
  }
}
