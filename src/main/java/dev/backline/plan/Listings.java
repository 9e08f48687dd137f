package dev.backline.plan;

import dev.backline.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which records say that a show is still to come: those that a source's setting {@code
 * listing-records} names. What was played, and whoever tells of it, says nothing. Bean {@code
 * listings} of {@code routes/flow/close.camel.yaml}.
 */
public final class Listings {
  private final Settings settings;

  public Listings(Settings settings) {
    this.settings = settings;
  }

  /** A run that is to be closed, with the sources that list shows and what they call a listing. */
  public Map<String, Object> of(Map<String, Object> run) {
    List<String> sources =
        settings.sources().stream().filter(source -> kind(source) != null).toList();
    Map<String, Object> parameters = new HashMap<>(run);
    parameters.put("sources", sources.toArray(String[]::new));
    parameters.put("kinds", sources.stream().map(this::kind).toArray(String[]::new));
    return parameters;
  }

  private String kind(String source) {
    return settings.find(source + ".listing-records").orElse(null);
  }
}
