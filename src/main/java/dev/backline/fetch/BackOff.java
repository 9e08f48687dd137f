package dev.backline.fetch;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Lets a short {@code Retry-After} replace the back-off's own delay before the next attempt. Called
 * by the error policy whenever a call has failed.
 */
public final class BackOff implements Processor {
  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().removeHeader(Exchange.REDELIVERY_DELAY);
    CallFailed failure = Trouble.call(exchange);
    if (failure != null && failure.pause().toMillis() > 0) {
      exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, failure.pause().toMillis());
    }
  }
}
