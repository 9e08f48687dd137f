package dev.backline;

import dev.backline.reload.Problem;
import java.util.List;

/** The routes did not start; the message says which file or setting is wrong, in one line. */
public final class StartFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailed(Throwable cause, Settings settings) {
    super(line(cause, settings), cause);
  }

  /** What the checks of the routes found. */
  StartFailed(List<Problem> problems, Throwable cause, Settings settings) {
    super(settings.redact(line(problems)), cause);
  }

  private static String line(List<Problem> problems) {
    int more = problems.size() - 1;
    String rest = more + (more == 1 ? " more problem" : " more problems");
    return problems.get(0) + (more == 0 ? "" : " (and " + rest + "; ./backline check lists all)");
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
