package dev.backline.cli;

/** The running instance that a command needs cannot be asked; the message says why. */
final class NotRunning extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotRunning(String message) {
    super(message);
  }
}
