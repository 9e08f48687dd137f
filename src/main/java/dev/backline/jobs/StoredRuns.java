package dev.backline.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Node;
import dev.backline.plan.Replays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Starts runs over what is stored already: a remap, or a replay of dead letters. */
public final class StoredRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A run to wait for.
   *
   * @param joined whether it was open before and goes on
   */
  public record Started(UUID run, boolean joined) {}

  private StoredRuns() {}

  /**
   * Runs the mappings again over the stored records of a source.
   *
   * @param kind one kind of record; null for all
   * @param records how many there are
   */
  public static Started remap(Node node, String source, String kind, long records) {
    ObjectNode parameters = JSON.createObjectNode().put("source", source);
    if (kind != null) {
      parameters.put("kind", kind);
    }
    ArrayNode requests = JSON.createArrayNode();
    Replays.request(requests, source, "stored records of " + source, records).put("kind", kind);
    return start(node, Replays.row("remap", parameters, requests));
  }

  /**
   * Applies the records with open dead letters again.
   *
   * @param letter one letter; null for all
   * @param cause letters of one cause; null for all
   * @param records how many are meant, by source
   */
  public static Started replay(Node node, Long letter, String cause, Map<String, Long> records) {
    return start(node, Replays.row(letter, cause, records));
  }

  private static Started start(Node node, Map<String, Object> row) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("job", row.get("job"));
    properties.put("parametersJson", row.get("parameters"));
    UUID run = UUID.fromString(node.call("plan-stored", row, properties, String.class));
    return new Started(run, !run.toString().equals(row.get("run")));
  }

  /**
   * Plans requests with open dead letters again, each in a new run of its job, and closes the
   * letters.
   *
   * @param sources those that may be asked
   * @return the runs to wait for
   */
  public static List<UUID> replan(Node node, Long letter, String cause, List<String> sources) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("letter", letter);
    parameters.put("cause", cause);
    parameters.put("sources", sources.toArray(String[]::new));
    List<?> runs = node.call("replan-requests", parameters, Map.of(), List.class);
    return runs.stream()
        .map(row -> UUID.fromString((String) ((Map<?, ?>) row).get("run")))
        .toList();
  }
}
