package dev.backline.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * Tasks are runs about one entity that wait until their worker has a hand free. Bean {@code tasks}
 * of {@code routes/flow/tasks.camel.yaml}.
 */
public final class Tasks {
  /** What can be synchronised by its id in the catalogue. */
  public static final List<String> ENTITIES = List.of("artist", "venue", "show");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 1000;

  private final Settings settings;

  public Tasks(Settings settings) {
    this.settings = settings;
  }

  /**
   * The job that synchronises an entity, and its parameters.
   *
   * @param options of the job, such as {@code force_refresh}; null for none
   * @throws UnknownJob for another kind of entity, with those that there are
   */
  public void about(
      @ExchangeProperty("entityType") String type,
      @ExchangeProperty("entityId") String id,
      @ExchangeProperty("options") Map<String, String> options,
      Exchange exchange) {
    if (!ENTITIES.contains(type)) {
      throw new UnknownJob(
          "there is no entity type '" + type + "'; the types are " + String.join(", ", ENTITIES));
    }
    Map<String, String> parameters = new TreeMap<>(options == null ? Map.of() : options);
    parameters.put(type, id);
    exchange.setProperty("job", settings.text("sync." + type + ".job"));
    exchange.setProperty("parameters", parameters);
  }

  /** Refuses a job that is not there, parameters that it does not take, and an unknown entity. */
  public void check(
      @ExchangeProperty("job") String job,
      @ExchangeProperty("parameters") Map<String, String> parameters,
      @ExchangeProperty("entityType") String type,
      @ExchangeProperty("entityId") String id,
      @Header("entity") Object entity) {
    Planner.check(settings, job, parameters);
    if (!workers(settings).contains(job)) {
      throw new UnknownJob(
          "no worker takes " + job + "; there are " + String.join(", ", workers(settings)));
    }
    if (type != null && entity == null) {
      throw new UnknownJob("there is no " + type + " with the id " + id + " in the catalogue");
    }
  }

  /** Every worker, by name; it takes the tasks of the job of this name. */
  public static List<String> workers(Settings settings) {
    return settings.keys().stream()
        .filter(key -> key.startsWith("workers.") && key.endsWith(".at-once"))
        .map(key -> key.substring("workers.".length(), key.length() - ".at-once".length()))
        .sorted()
        .toList();
  }

  /** How many tasks the worker has in hand at once, and how many it starts a minute. */
  public void hands(@ExchangeProperty("worker") String worker, Exchange exchange) {
    exchange.setProperty("atOnce", settings.number("workers." + worker + ".at-once"));
    exchange.setProperty("perMinute", settings.number("workers." + worker + ".starts-per-minute"));
  }

  /** What a claimed task is about, for the planner. */
  public void open(@Header("claimed") Map<String, Object> row, Exchange exchange)
      throws IOException {
    Map<String, String> parameters = new HashMap<>();
    JsonNode given = JSON.readTree((String) row.get("parameters"));
    given.properties().forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
    exchange.setProperty("run", row.get("run"));
    exchange.setProperty("job", row.get("job"));
    exchange.setProperty("parameters", parameters);
  }

  /**
   * Refuses a task that would ask nobody: it would end well and have done nothing.
   *
   * @param planned the row of {@link Planner#plan}
   */
  public void asks(Map<String, Object> planned) {
    if ("[]".equals(planned.get("requests"))) {
      throw new UnknownJob(
          "nobody can be asked: no source that is enabled knows it by an id ("
              + planned.get("parameters")
              + ")");
    }
  }

  /** Sets reason, and hopeless where trying again is no use. */
  public void failed(Exchange exchange) {
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    while (failure.getCause() != null && !(failure instanceof UnknownJob)) {
      failure = failure.getCause();
    }
    String text = settings.redact(String.valueOf(failure.getMessage()));
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    exchange.setProperty(
        "reason", line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…");
    exchange.setProperty("hopeless", String.valueOf(failure instanceof UnknownJob));
  }
}
