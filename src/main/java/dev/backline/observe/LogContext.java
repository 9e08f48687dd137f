package dev.backline.observe;

import dev.backline.Settings;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Makes each line that is logged on behalf of an exchange carry {@code job}, {@code run}, {@code
 * request}, {@code source} and {@code route}, and says how long each step took: a line a page, a
 * batch or a run.
 *
 * <p>The one place that sets them. A thread is told when an exchange enters a route on it and when
 * it comes back from one, since an exchange that waits goes on in another thread.
 */
public final class LogContext implements RoutePolicyFactory, InterceptStrategy {
  private static final Logger log = LoggerFactory.getLogger("backline.step");

  /** Routes that are a step of a sync. */
  private static final Set<String> STEPS =
      Set.of("plan", "fetch", "land", "reland", "apply", "close-run");

  private static final String DIRECT = "direct:";

  private final Level level;

  /** Steps are for machines: lines of their own where lines are JSON, for debugging elsewhere. */
  public LogContext(Settings settings) {
    this.level = settings.text("log.format").equals("json") ? Level.INFO : Level.DEBUG;
  }

  private static void show(Exchange exchange, String route) {
    Map<String, String> context = new HashMap<>(8);
    context.put("route", route);
    put(context, "source", exchange.getProperty("source"));
    put(context, "job", either(exchange, "job", "batchJob"));
    put(context, "run", either(exchange, "run", "batchRun"));
    put(context, "request", exchange.getProperty("n"));
    MDC.setContextMap(context);
  }

  private static Object either(Exchange exchange, String page, String batch) {
    Object value = exchange.getProperty(page);
    return value == null ? exchange.getProperty(batch) : value;
  }

  private static void put(Map<String, String> context, String key, Object value) {
    if (value != null) {
      context.put(key, value.toString());
    }
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
    return new RoutePolicySupport() {
      @Override
      public void onExchangeBegin(Route entered, Exchange exchange) {
        show(exchange, routeId);
      }

      @Override
      public void onExchangeDone(Route left, Exchange exchange) {
        if (routeId.equals(exchange.getFromRouteId())) {
          MDC.clear();
        }
      }
    };
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext camel, NamedNode definition, Processor target, Processor nextTarget) {
    String uri =
        definition instanceof SendDefinition<?> send
            ? send.getUri()
            : definition instanceof ToDynamicDefinition dynamic ? dynamic.getUri() : null;
    return uri != null && uri.startsWith(DIRECT)
        ? new Called(
            target,
            ProcessorDefinitionHelper.getRouteId(definition),
            uri.substring(DIRECT.length()))
        : target;
  }

  private final class Called extends DelegateAsyncProcessor {
    private final String caller;
    private final String step;

    Called(Processor target, String caller, String called) {
      super(target);
      this.caller = caller;
      this.step = STEPS.contains(called) ? called : null;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      long start = System.nanoTime();
      Integer records =
          exchange.getMessage().getBody() instanceof Collection<?> many ? many.size() : null;
      return super.process(
          exchange,
          doneSync -> {
            show(exchange, caller);
            if (step != null && log.isEnabledForLevel(level)) {
              took(exchange, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), records);
            }
            callback.done(doneSync);
          });
    }

    private void took(Exchange exchange, long ms, Integer records) {
      LoggingEventBuilder line =
          log.atLevel(level).addKeyValue("step", step).addKeyValue("duration_ms", ms);
      if (records != null) {
        line.addKeyValue("records", records);
      }
      boolean failed = exchange.isFailed() || exchange.isRollbackOnly();
      line.log("{} {} {} ms", step, failed ? "failed after" : "took", ms);
    }
  }
}
