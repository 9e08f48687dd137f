package dev.backline.cli;

/** A command was called with something it cannot work with; the message says what it takes. */
final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message);
  }
}
