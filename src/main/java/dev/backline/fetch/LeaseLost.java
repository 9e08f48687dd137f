package dev.backline.fetch;

/** Another node took this request over while we held it; nothing of our page may be stored. */
public final class LeaseLost extends Exception {
  private static final long serialVersionUID = 1L;

  public LeaseLost(String message) {
    super(message);
  }
}
