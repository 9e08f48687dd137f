package dev.backline.plan;

import dev.backline.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

  /**
   * A run that is to be closed, with the sources that list shows and what they call a listing, and
   * what each source calls the records of entities.
   */
  public Map<String, Object> of(Map<String, Object> run) {
    List<String> sources =
        settings.sources().stream().filter(source -> kind(source) != null).toList();
    Map<String, Object> parameters = new HashMap<>(run);
    parameters.put("sources", sources.toArray(String[]::new));
    parameters.put("kinds", sources.stream().map(this::kind).toArray(String[]::new));
    entities(parameters);
    return parameters;
  }

  /** What each source calls the records of an artist, a venue and a show. */
  private void entities(Map<String, Object> parameters) {
    List<String[]> found = new ArrayList<>();
    for (String source : settings.sources()) {
      for (String entity : List.of("artist", "venue", "show")) {
        settings
            .find(source + "." + entity + "-records")
            .ifPresent(
                records ->
                    Stream.of(records.split("\\s*,\\s*"))
                        .forEach(kind -> found.add(new String[] {entity, source, kind})));
      }
    }
    int column = 0;
    for (String name : List.of("entityKinds", "entitySources", "entityRecords")) {
      int at = column++;
      parameters.put(name, found.stream().map(row -> row[at]).toArray(String[]::new));
    }
  }

  private String kind(String source) {
    return settings.find(source + ".listing-records").orElse(null);
  }
}
