package dev.backline.fetch;

import dev.backline.Settings;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges after each call whether its source is to be called at longer intervals (it answers far
 * slower than it used to, or says that it is asked too often) or has recovered. Bean {@code pacing}
 * of {@code routes/flow/fetch.camel.yaml}; the pace itself is in the database, for all nodes.
 */
public final class Pacing {
  private static final Logger log = LoggerFactory.getLogger(Pacing.class);

  /** The weight of one call in the usual time of its source. */
  private static final double WEIGHT = 0.05;

  /** Calls before a usual time is one. */
  private static final int LEARNT = 20;

  private final Settings settings;
  private final Clock clock;
  private final Map<String, Usual> usual = new ConcurrentHashMap<>();

  /** How long calls to a source usually take, in milliseconds, and from how many calls that is. */
  private record Usual(double millis, int calls) {
    Usual with(long took) {
      return calls == 0
          ? new Usual(took, 1)
          : new Usual(millis + WEIGHT * (Math.min(took, 10 * millis + 10) - millis), calls + 1);
    }
  }

  public Pacing(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Notes when a call left. */
  public void begin(Exchange exchange) {
    exchange.setProperty("calledAt", clock.millis());
    exchange.removeProperty("paced");
    exchange.removeProperty(Exchange.EXCEPTION_CAUGHT); // that of the attempt before
  }

  /**
   * Sets {@code paced} to {@code slower} or {@code faster}; leaves it out where all is as it was.
   */
  public void end(Exchange exchange) {
    String source = exchange.getProperty("source", String.class);
    long took = clock.millis() - exchange.getProperty("calledAt", clock.millis(), Long.class);
    int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    CallFailed failed = Trouble.call(exchange);
    boolean refused = status == 429 || status == 503 || failed != null && limits(failed.status());
    Usual before = usual.getOrDefault(source, new Usual(0, 0));
    boolean slow =
        before.calls() >= LEARNT
            && took > settings.number("quota.slow-after")
            && took > before.millis() * 3;
    if (refused || slow) {
      exchange.setProperty("paced", "slower");
      log.info(
          "{} {}: it is called at longer intervals",
          source,
          refused
              ? "answers " + status + (status == 429 ? ", asked too often" : ", overloaded")
              : "answers in " + took + " ms instead of " + Math.round(before.millis()));
    } else if (exchange.getProperty("slow", false, Boolean.class)) {
      exchange.setProperty("paced", "faster");
    }
    if (status >= 200 && status < 300) {
      usual.put(source, before.with(took));
    }
  }

  private static boolean limits(int status) {
    return status == 429 || status == 503;
  }
}
