package dev.backline.store;

/**
 * How far a run is.
 *
 * @param requests requests planned so far; grows when windows are split
 * @param requestsDone of these, done
 * @param records records that pages have shown
 * @param landed of these, still to be applied
 * @param expected records that the run's requests will have shown in the end, as far as their
 *     sources have said; 0 where none has
 * @param expectedSeen of these, seen
 * @param waitingFor why nothing goes on; null where something does
 */
public record Progress(
    long requests,
    long requestsDone,
    long records,
    long landed,
    long expected,
    long expectedSeen,
    String waitingFor) {

  /** Records that are applied. */
  public long applied() {
    return Math.max(0, records - landed);
  }

  /** How much of the run is done, from 0 to 1; 0 while nobody knows. */
  public double fraction() {
    if (expected == 0 || records == 0) {
      return 0;
    }
    double seen = Math.min(1, expectedSeen / (double) expected);
    return seen * applied() / records;
  }
}
