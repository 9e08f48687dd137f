package dev.backline.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Shows the rows of a statement (name, labels as a JSON object, value) as gauges. A row that a
 * later reading lacks takes its gauge away. Bean {@code gauges} of {@code
 * routes/flow/metrics.camel.yaml}.
 */
public final class Gauges {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;

  /** By the route that reads them, then by name and labels. */
  private final Map<String, Map<String, Sample>> shown = new ConcurrentHashMap<>();

  private static final class Sample {
    private Gauge gauge;
    private volatile double value;

    double value() {
      return value;
    }
  }

  public Gauges(Settings settings) {
    this.settings = settings;
  }

  /**
   * Parameters of {@code metrics.sql}: every source with its daily limit, and which can be asked.
   */
  public Map<String, Object> sources() {
    List<String> names = settings.sources();
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("names", String.join(",", names));
    parameters.put("enabled", String.join(",", names.stream().filter(settings::enabled).toList()));
    parameters.put(
        "limits",
        names.stream()
            .map(name -> String.valueOf(settings.callsPerDay(name)))
            .collect(Collectors.joining(",")));
    return parameters;
  }

  /** Takes the place of what the same route has read before. */
  public void show(@Header("samples") List<Map<String, Object>> rows, Exchange exchange)
      throws JsonProcessingException {
    MeterRegistry registry =
        exchange
            .getContext()
            .getRegistry()
            .lookupByNameAndType("metricsRegistry", MeterRegistry.class);
    Map<String, Sample> samples =
        shown.computeIfAbsent(exchange.getFromRouteId(), route -> new HashMap<>());
    Set<String> read = new HashSet<>();
    for (Map<String, Object> row : rows) {
      if (row.get("value") instanceof Number value) {
        String name = (String) row.get("name");
        String labels = (String) row.get("labels");
        String key = name + labels;
        read.add(key);
        Sample sample = samples.get(key);
        if (sample == null) {
          sample = new Sample();
          sample.value = value.doubleValue();
          sample.gauge =
              Gauge.builder(name, sample, Sample::value).tags(tags(labels)).register(registry);
          samples.put(key, sample);
        }
        sample.value = value.doubleValue();
      }
    }
    samples.entrySet().removeIf(entry -> gone(entry, read, registry));
  }

  private static boolean gone(
      Map.Entry<String, Sample> entry, Set<String> read, MeterRegistry registry) {
    boolean gone = !read.contains(entry.getKey());
    if (gone) {
      registry.remove(entry.getValue().gauge);
    }
    return gone;
  }

  private static List<Tag> tags(String labels) throws JsonProcessingException {
    List<Tag> tags = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label : JSON.readTree(labels).properties()) {
      tags.add(Tag.of(label.getKey(), label.getValue().asText()));
    }
    return tags;
  }
}
