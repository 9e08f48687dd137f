package dev.backline.web;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the failure of a route into the problem document that its client gets. */
public final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  /** Answers with what the caught exception means; what is unknown is logged, not told. */
  public void answer(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Problem problem = of(failure);
    if (problem.status() >= 500) {
      log.error("{} {}: {}", exchange.getFromRouteId(), problem.status(), line(failure));
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
    message.setHeader(Exchange.CONTENT_TYPE, Problem.CONTENT_TYPE);
    message.setHeader("Cache-Control", "no-store");
    if (problem.status() == 503) {
      message.setHeader("Retry-After", "5");
    }
    message.setBody(problem.json().getBytes(StandardCharsets.UTF_8));
  }

  static Problem of(Throwable failure) {
    for (Throwable t = failure; t != null && t != t.getCause(); t = t.getCause()) {
      if (t instanceof Refused refused) {
        return refused.problem();
      }
      if (t instanceof SQLException trouble && isOutage(trouble)) {
        return Problem.of(503, "the database cannot be reached at the moment; try again later");
      }
    }
    return Problem.of(500);
  }

  /** No connection, out of resources, being shut down, or a statement that took too long. */
  private static boolean isOutage(SQLException trouble) {
    String state = trouble.getSQLState() == null ? "" : trouble.getSQLState();
    return trouble instanceof SQLTransientException || state.matches("(08|53|57).*");
  }

  static String line(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.toString().lines().findFirst().orElse("");
  }
}
