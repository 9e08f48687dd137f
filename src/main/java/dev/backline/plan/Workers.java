package dev.backline.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ServiceStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, stops and shows the workers of this node: each is the route {@code worker-<name>}. Bean
 * {@code workers} of {@code routes/api/workers.camel.yaml}.
 */
public final class Workers {
  private static final Logger log = LoggerFactory.getLogger(Workers.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;

  /** What may fail while one worker is started or stopped. */
  private interface Step {
    void on(String route) throws Exception;
  }

  public Workers(Settings settings) {
    this.settings = settings;
  }

  /** Names of the workers that run here, comma separated: they come with the sign of life. */
  public String running(Exchange exchange) {
    List<String> running = new ArrayList<>();
    for (String worker : Tasks.workers(settings)) {
      if (runs(exchange.getContext(), worker)) {
        running.add(worker);
      }
    }
    return String.join(",", running);
  }

  /** Whether the worker of the exchange runs on this node. */
  public boolean runsHere(@ExchangeProperty("worker") String worker, Exchange exchange) {
    return runs(exchange.getContext(), worker);
  }

  /** The first sign of life is given while routes are still starting: a worker among them runs. */
  private static boolean runs(CamelContext camel, String worker) {
    String route = "worker-" + worker;
    ServiceStatus status = camel.getRouteController().getRouteStatus(route);
    return status != null
        && (status.isStarted()
            || (camel.getStatus() == ServiceStatus.Starting
                && Boolean.TRUE.equals(camel.getRoute(route).isAutoStartup())));
  }

  /** Starts every worker that does not run. */
  public void start(Exchange exchange) throws JsonProcessingException {
    CamelContext camel = exchange.getContext();
    each(exchange, "started", route -> camel.getRouteController().startRoute(route));
  }

  /** Stops every worker, each for itself: one that fails keeps no other from it. */
  public void stop(Exchange exchange) throws JsonProcessingException {
    CamelContext camel = exchange.getContext();
    each(exchange, "stopped", route -> camel.getRouteController().stopRoute(route));
  }

  private void each(Exchange exchange, String done, Step step) throws JsonProcessingException {
    List<String> failed = new ArrayList<>();
    for (String worker : Tasks.workers(settings)) {
      try {
        step.on("worker-" + worker);
        log.info("worker {} is {}", worker, done);
      } catch (Exception e) {
        log.error("worker {} could not be {}: {}", worker, done, e.getMessage());
        failed.add(worker);
      }
    }
    if (failed.isEmpty()) {
      answer(exchange, 200, true, "workers " + done, null);
    } else {
      answer(
          exchange,
          500,
          false,
          String.join(", ", failed) + " could not be " + done + "; the log says why",
          "worker failed");
    }
  }

  /** What really runs on this node, and what waits for each over all nodes. */
  public void show(Exchange exchange) throws JsonProcessingException {
    answer(exchange, 200, true, "workers of this node", null);
  }

  /** The one shape of a failure (S114). */
  public void failed(Exchange exchange) throws JsonProcessingException {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    log.error("workers: {}", settings.redact(String.valueOf(failure.getMessage())));
    answer(exchange, 500, false, "the workers could not be reached; the log says why", "failed");
  }

  private void answer(Exchange exchange, int status, boolean success, String message, String error)
      throws JsonProcessingException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("success", success);
    if (error != null) {
      document.put("error", error);
    }
    document.put("message", message);
    if (success) {
      document.put("workers", workers(exchange));
    }
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setHeader("Cache-Control", "no-store");
    exchange.getMessage().setBody(JSON.writeValueAsBytes(document));
  }

  private List<Map<String, Object>> workers(Exchange exchange) {
    List<?> counted = exchange.getMessage().getHeader("counts", List.of(), List.class);
    List<Map<String, Object>> workers = new ArrayList<>();
    for (String worker : Tasks.workers(settings)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", worker);
      row.put("status", runs(exchange.getContext(), worker) ? "running" : "stopped");
      for (String count : List.of("waiting", "active", "completed", "failed", "delayed")) {
        row.put(count, 0L);
      }
      for (Object found : counted) {
        Map<?, ?> counts = (Map<?, ?>) found;
        if (worker.equals(counts.get("worker"))) {
          row.replaceAll((name, value) -> counts.containsKey(name) ? counts.get(name) : value);
        }
      }
      workers.add(row);
    }
    return workers;
  }
}
