package dev.backline;

/** The routes did not start; the message says which file or setting is wrong, in one line. */
public final class StartFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailed(Throwable cause, Settings settings) {
    super(line(cause, settings), cause);
  }

  private static String line(Throwable failure, Settings settings) {
    StringBuilder line = new StringBuilder();
    String last = null;
    for (Throwable t = failure; t != null && t != t.getCause(); t = t.getCause()) {
      String message = t.getMessage();
      if (message != null && !message.isBlank() && (last == null || !last.contains(message))) {
        line.append(line.isEmpty() ? "" : "; because: ").append(message);
        last = message;
      }
    }
    return settings.redact(line.toString().replaceAll("\\s+", " ").trim());
  }
}
