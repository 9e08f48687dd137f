package dev.backline.store;

/**
 * How far a run is.
 *
 * @param requests requests planned so far; grows when windows are split
 * @param requestsDone of these, done
 * @param records records that pages have shown
 * @param landed of these, still to be applied
 * @param waitingFor why nothing goes on; null where something does
 */
public record Progress(
    long requests, long requestsDone, long records, long landed, String waitingFor) {}
