package dev.backline.store;

/**
 * How far a run is.
 *
 * @param requests requests planned so far; grows when windows are split
 * @param requestsDone of these, done
 * @param records records that pages have shown
 * @param landed of these, still to be applied
 * @param seen share of what the run asks for that its pages have shown, from 0 to 1; 0 until every
 *     request of the plan has said how much it holds
 * @param waitingFor why nothing goes on; null where something does
 * @param heldUp why requests wait that could be made else; null where none does
 */
public record Progress(
    long requests,
    long requestsDone,
    long records,
    long landed,
    double seen,
    String waitingFor,
    String heldUp) {

  /** Records that are applied. */
  public long applied() {
    return Math.max(0, records - landed);
  }

  /** How much of the run is done, from 0 to 1. */
  public double fraction() {
    return records == 0 ? 0 : seen * applied() / records;
  }
}
