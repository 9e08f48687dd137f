package dev.backline.fetch;

import dev.backline.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a failure means, in one line without secrets, and notes it for the statements that
 * follow. Bean {@code trouble} of {@code routes/flow/errors.camel.yaml}.
 */
public final class Trouble {
  private static final Logger log = LoggerFactory.getLogger(Trouble.class);
  private static final int LONGEST = 1000;
  private static final Set<CallFailed.Remedy> HOPELESS =
      Set.of(CallFailed.Remedy.GIVE_UP, CallFailed.Remedy.MEND_KEY);

  private final Settings settings;
  private final Clock clock;

  public Trouble(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether the source asked for a pause that is too long to wait for. */
  public boolean parks(Exchange exchange) {
    return call(exchange) != null && call(exchange).remedy() == CallFailed.Remedy.PARK;
  }

  /** Whether the same call may succeed in a moment. */
  public boolean passes(Exchange exchange) {
    return call(exchange) != null && call(exchange).remedy() == CallFailed.Remedy.RETRY;
  }

  /**
   * The failed call behind an exchange's failure, however it is wrapped; null where there is none.
   */
  static CallFailed call(Exchange exchange) {
    Throwable failure = exchange.getException();
    if (failure == null) {
      failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }
    return failure != null && root(failure) instanceof CallFailed call ? call : null;
  }

  /** Sets reason, cause, hopeless, keyRefused, upstreamStatus and failedRoute; logs the line. */
  public void describe(Exchange exchange) {
    Throwable failure = root(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    CallFailed call = failure instanceof CallFailed c ? c : null;
    String reason = reason(failure);
    if (call != null && call.remedy() == CallFailed.Remedy.MEND_KEY) {
      String keys =
          settings.credentials(exchange.getProperty("source", String.class)).stream()
              .map(settings::givenBy)
              .collect(Collectors.joining(" and "));
      reason = reason + "; check " + keys;
    }
    String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, "", String.class);
    exchange.setProperty("reason", reason);
    exchange.setProperty("cause", cause(failure, call));
    boolean hopeless =
        failure instanceof BodyTooLarge || (call != null && HOPELESS.contains(call.remedy()));
    exchange.setProperty("hopeless", String.valueOf(hopeless));
    exchange.setProperty("keyRefused", call != null && call.remedy() == CallFailed.Remedy.MEND_KEY);
    exchange.setProperty("upstreamStatus", call == null ? null : call.status());
    exchange.setProperty("failedRoute", route);
    Object run = exchange.getProperty("run");
    log.warn(
        "{}{} failed in route {}: {}",
        exchange.getProperty("source", "", String.class),
        run == null ? "" : " request " + run + "/" + exchange.getProperty("n"),
        route,
        reason);
    log.debug("the failure in full", failure);
  }

  /** Sets until and reason for a call that was not allowed to leave. */
  public void refusal(Exchange exchange) {
    Throwable failure = root(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    if (failure instanceof CallRefused refused) {
      note(exchange, refused.until(), refused.getMessage());
    } else {
      Duration pause = Duration.ofSeconds(settings.number("fetch.breaker-pause"));
      note(
          exchange,
          clock.instant().plus(pause),
          "the circuit breaker is open after too many failures");
    }
  }

  /** Sets reason for what a source does not serve. */
  public void notServed(Exchange exchange) {
    Throwable failure = root(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    String reason = reason(failure);
    exchange.setProperty("reason", reason);
    log.info("{}", reason);
  }

  /** Sets until and reason for a source that is to be left alone. */
  public void parking(Exchange exchange) {
    CallFailed failure =
        (CallFailed) root(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    Duration pause = failure.pause().isZero() ? Duration.ofHours(1) : failure.pause();
    note(exchange, clock.instant().plus(pause), reason(failure));
  }

  private static void note(Exchange exchange, Instant until, String reason) {
    exchange.setProperty("until", until.toString());
    exchange.setProperty("reason", reason);
    log.warn("{} is not called before {}: {}", exchange.getProperty("source"), until, reason);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null
        && root.getCause() != root
        && !(root instanceof CallFailed)
        && !(root instanceof CallRefused)
        && !(root instanceof NotServed)) {
      root = root.getCause();
    }
    return root;
  }

  private String reason(Throwable failure) {
    String message = failure.getMessage();
    String text =
        message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    if (!(failure instanceof CallFailed)
        && !(failure instanceof CallRefused)
        && failure.getClass().getName().startsWith("java.")) {
      text = failure.getClass().getSimpleName() + ": " + text;
    }
    // A database names the whole row in a further line.
    text = text.replaceFirst("(?s)\\s+Detail: .*", "");
    String line = settings.redact(text.replaceAll("[\\s\\p{Cntrl}]+", " ").trim());
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static String cause(Throwable failure, CallFailed call) {
    return call != null
        ? "fetch: HTTP " + call.status()
        : "fetch: " + failure.getClass().getSimpleName();
  }
}
