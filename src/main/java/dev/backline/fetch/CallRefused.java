package dev.backline.fetch;

import java.time.Instant;

/** A call that did not leave: its source is parked or its daily limit is spent. */
public final class CallRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Instant until;

  public CallRefused(String reason, Instant until) {
    super(reason);
    this.until = until;
  }

  /** When the source may be called again. */
  public Instant until() {
    return until;
  }
}
