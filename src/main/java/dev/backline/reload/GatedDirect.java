package dev.backline.reload;

import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectConsumer;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.util.StringHelper;

/**
 * Camel's {@code direct:}, whose calls go through {@link Gates}. (The stock producer keeps the
 * consumer it has found and may use it once more after it was suspended; what it calls then refuses
 * the exchange.)
 */
public final class GatedDirect extends DirectComponent {
  /** Where an exchange keeps its passage. */
  private static final String INSIDE = "backlineInside";

  private final Gates gates;

  public GatedDirect(Gates gates) {
    this.gates = gates;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    GatedEndpoint endpoint = new GatedEndpoint(uri, name);
    endpoint.setBlock(isBlock());
    endpoint.setTimeout(getTimeout());
    setProperties(endpoint, parameters);
    return endpoint;
  }

  private final class GatedEndpoint extends DirectEndpoint {
    private final String name;
    private final String key;

    GatedEndpoint(String uri, String name) {
      super(uri, GatedDirect.this);
      this.name = name;
      this.key = StringHelper.before(uri, "?", uri); // As the stock component files consumers.
    }

    @Override
    public Producer createProducer() {
      return new GatedProducer(this, name);
    }
  }

  private final class GatedProducer extends DefaultAsyncProducer {
    private final GatedEndpoint endpoint;
    private final String name;

    GatedProducer(GatedEndpoint endpoint, String name) {
      super(endpoint);
      this.endpoint = endpoint;
      this.name = name;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      try {
        Gates.Passage outer = exchange.getProperty(INSIDE, Gates.Passage.class);
        Gates.Passage passage = gates.enter(name, outer);
        DirectConsumer consumer = getConsumer(endpoint.key, false, 0);
        if (consumer == null) {
          // Stopped by hand: waits outside, so that a reload does not wait for this caller.
          gates.leave(passage);
          getConsumer(endpoint.key, endpoint.isBlock(), endpoint.getTimeout());
          passage = gates.enter(name, outer);
          consumer = getConsumer(endpoint.key, false, 0);
        }
        if (consumer != null) {
          try {
            return call(consumer, exchange, passage, callback);
          } catch (RuntimeException | Error e) {
            gates.leave(passage);
            throw e;
          }
        }
        gates.leave(passage);
        if (endpoint.isFailIfNoConsumers()) {
          throw new DirectConsumerNotAvailableException(
              "No consumers available on endpoint: " + endpoint, exchange);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        exchange.setException(e);
      } catch (Exception e) {
        exchange.setException(e);
      }
      callback.done(true);
      return true;
    }

    private boolean call(
        DirectConsumer consumer, Exchange exchange, Gates.Passage passage, AsyncCallback callback) {
      exchange.setProperty(INSIDE, passage);
      if (exchange.getProperty(ExchangePropertyKey.OTEL_ACTIVE_SPAN) != null) {
        exchange.setProperty(ExchangePropertyKey.OTEL_CLOSE_CLIENT_SCOPE, Boolean.TRUE);
      }
      return consumer
          .getAsyncProcessor()
          .process(
              exchange,
              doneSync -> {
                if (passage.outer() == null) {
                  exchange.removeProperty(INSIDE);
                } else {
                  exchange.setProperty(INSIDE, passage.outer());
                }
                gates.leave(passage);
                callback.done(doneSync);
              });
    }
  }
}
