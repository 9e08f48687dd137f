package dev.backline.fetch;

import dev.backline.Settings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of each source. They live beside the routes, so that a reload keeps what they
 * have counted; a route names its own as {@code <source>Breaker}.
 */
public final class Breakers {
  private static final Logger log = LoggerFactory.getLogger(Breakers.class);
  private static final int CALLS_LOOKED_AT = 20;
  private static final int CALLS_AT_LEAST = 10;
  private static final float FAILED_PERCENT = 50;
  private static final int CALLS_ON_TRIAL = 3;

  private final Map<String, CircuitBreaker> bySource = new TreeMap<>();

  /**
   * @param changed told the source and its new state (closed, open, half_open) at each change
   */
  public Breakers(Settings settings, BiConsumer<String, String> changed) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(CALLS_LOOKED_AT)
            .minimumNumberOfCalls(CALLS_AT_LEAST)
            .failureRateThreshold(FAILED_PERCENT)
            .permittedNumberOfCallsInHalfOpenState(CALLS_ON_TRIAL)
            .waitDurationInOpenState(
                Duration.ofSeconds(Math.max(1, settings.number("fetch.breaker-pause"))))
            .build();
    for (String source : settings.sources()) {
      CircuitBreaker breaker = CircuitBreaker.of(source, config);
      breaker
          .getEventPublisher()
          .onStateTransition(
              event -> {
                String state =
                    event.getStateTransition().getToState().name().toLowerCase(Locale.ROOT);
                log.warn("the circuit breaker of {} is {}", source, state);
                changed.accept(source, state);
              });
      bySource.put(source, breaker);
    }
  }

  /** By source. */
  public Map<String, CircuitBreaker> bySource() {
    return Map.copyOf(bySource);
  }
}
