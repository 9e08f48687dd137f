package dev.backline.land;

/**
 * An answer that is not the JSON its source documents; the page is fetched again, nothing moves.
 */
public final class UnreadablePage extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadablePage(String message) {
    super(message);
  }
}
