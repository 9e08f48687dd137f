package dev.backline.fetch;

import java.time.Duration;

/** A source answered with something other than success. The message holds no secret. */
public final class CallFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /** What to do about it. */
  public enum Remedy {
    /** The same call may succeed in a moment. */
    RETRY,
    /** The source asked for a pause that is too long to wait for. */
    PARK,
    /** This request will never succeed. */
    GIVE_UP,
    /** Our key is refused: no request to this source will succeed. */
    MEND_KEY
  }

  private final int status;
  private final Remedy remedy;
  private final Duration pause;

  public CallFailed(int status, String message, Remedy remedy, Duration pause) {
    super(message);
    this.status = status;
    this.remedy = remedy;
    this.pause = pause;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  public Remedy remedy() {
    return remedy;
  }

  /** How long the source asked to be left alone; zero where it did not say. */
  public Duration pause() {
    return pause;
  }
}
