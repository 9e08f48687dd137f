package dev.backline.reload;

import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.seda.BlockingQueueFactory;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.component.seda.SedaConsumer;
import org.apache.camel.component.seda.SedaEndpoint;

/**
 * Camel's {@code seda:}, whose suspended consumer may be stopped while its queue holds something:
 * the next consumer goes on with it. (The stock one of 4.18.0 waits for an empty queue that it no
 * longer empties; later versions do as this one does.)
 */
public final class KeptSeda extends SedaComponent {
  @Override
  protected SedaEndpoint createEndpoint(
      String uri,
      Component component,
      BlockingQueueFactory<Exchange> queues,
      int concurrentConsumers) {
    return new Endpoint(uri, component, queues, concurrentConsumers);
  }

  private static final class Endpoint extends SedaEndpoint {
    Endpoint(
        String uri,
        Component component,
        BlockingQueueFactory<Exchange> queues,
        int concurrentConsumers) {
      super(uri, component, queues, concurrentConsumers);
    }

    @Override
    protected SedaConsumer createNewConsumer(Processor processor) {
      return new Consumer(this, processor);
    }
  }

  private static final class Consumer extends SedaConsumer {
    Consumer(SedaEndpoint endpoint, Processor processor) {
      super(endpoint, processor);
    }

    @Override
    public int getPendingExchangesSize() {
      return isSuspended() || isStopped() ? 0 : super.getPendingExchangesSize();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
      super.prepareShutdown(suspendOnly, forced || isSuspended());
    }
  }
}
