package dev.backline.fetch;

/** A source does not serve, to us or any more, what a request tried; others of its kind know. */
public final class NotServed extends Exception {
  private static final long serialVersionUID = 1L;

  public NotServed(String message) {
    super(message);
  }
}
