package dev.backline.fetch;

import dev.backline.Settings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a short {@code Retry-After} replace the back-off's own delay before the next attempt. Called
 * by the error policy whenever a call has failed.
 */
public final class BackOff implements Processor {
  private static final Logger log = LoggerFactory.getLogger(BackOff.class);

  private final Settings settings;

  public BackOff(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
    CallFailed failure = Trouble.call(exchange);
    log.warn(
        "{} attempt {} failed: {}",
        exchange.getProperty("source", "", String.class),
        exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class) + 1,
        settings.redact(
            failure == null ? String.valueOf(exchange.getException()) : failure.getMessage()));
    if (failure != null && failure.pause().toMillis() > 0) {
      exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, failure.pause().toMillis());
    }
  }
}
