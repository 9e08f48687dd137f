package dev.backline.observe;

import dev.backline.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times each step of a route that runs a statement file, with its wait for a connection and for
 * locks, and says which took long: by file, never with its parameters. Other steps are left as they
 * are and cost nothing.
 */
public final class StatementTimes implements InterceptStrategy {
  private static final Logger log = LoggerFactory.getLogger(StatementTimes.class);
  private static final Pattern FILE =
      Pattern.compile("sql:(?://)?file:(?:[^?]*/)?([\\w.-]+\\.sql)(?:\\?.*)?");

  private final long slowMs;
  private final MeterRegistry registry;

  /**
   * @param registry an instance of {@link MeterRegistry}; null where nothing is scraped
   */
  public StatementTimes(Settings settings, Object registry) {
    this.slowMs = settings.number("database.slow-statement-ms");
    this.registry = (MeterRegistry) registry;
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    if (definition instanceof SendDefinition<?> send && send.getUri() != null) {
      Matcher file = FILE.matcher(send.getUri());
      if (file.matches()) {
        return new Timed(target, file.group(1));
      }
    }
    return target;
  }

  private final class Timed extends DelegateAsyncProcessor {
    private final String file;
    private final Timer timer;

    Timed(Processor target, String file) {
      super(target);
      this.file = file;
      this.timer =
          registry == null
              ? null
              : Timer.builder("backline_statement").tag("file", file).register(registry);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      long start = System.nanoTime();
      return super.process(
          exchange,
          doneSync -> {
            took(System.nanoTime() - start);
            callback.done(doneSync);
          });
    }

    private void took(long nanos) {
      if (timer != null) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
      }
      long ms = TimeUnit.NANOSECONDS.toMillis(nanos);
      if (slowMs > 0 && ms >= slowMs) {
        log.warn("the statement {} took {} ms (database.slow-statement-ms)", file, ms);
      }
    }
  }
}
