package dev.backline.store;

import java.time.Instant;
import java.util.UUID;

/**
 * A run of a job with its books, counted in records.
 *
 * @param status pending, in_progress, completed, partial or failed
 * @param error what stood in the way; null where nothing did
 * @param result once it has ended, a JSON object: {@code errors} by class ({@code api} requests,
 *     {@code database} and {@code validation} records), and for songs what the catalogue holds of
 *     the artists that were asked for, summed up
 */
public record Run(
    UUID id,
    String job,
    String status,
    long fetched,
    long inserted,
    long updated,
    long unchanged,
    long rejected,
    long dead,
    long skipped,
    long superseded,
    Boolean balanced,
    String error,
    String result,
    Instant createdAt,
    Instant startedAt,
    Instant completedAt) {

  public boolean ended() {
    return !status.equals("pending") && !status.equals("in_progress");
  }

  /** 0 completed, 1 failed, 3 partial. */
  public int exitCode() {
    return switch (status) {
      case "completed" -> 0;
      case "failed" -> 1;
      default -> 3;
    };
  }
}
