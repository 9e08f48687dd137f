package dev.backline.plan;

/** A job, parameter or value that does not exist; the message says which and what there is. */
public final class UnknownJob extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownJob(String message) {
    super(message);
  }
}
