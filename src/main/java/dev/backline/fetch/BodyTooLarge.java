package dev.backline.fetch;

import java.io.IOException;

/** An answer larger than {@code fetch.largest-body-mb}; the rest of it was not read. */
public final class BodyTooLarge extends IOException {
  private static final long serialVersionUID = 1L;

  public BodyTooLarge(String message) {
    super(message);
  }
}
