package dev.backline.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * Runs over what is stored already, as rows for {@code direct:plan-stored}: a replay of dead
 * letters, or a remap. Bean {@code replays} of {@code routes/api/dead-letters.camel.yaml}.
 */
public final class Replays {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;

  public Replays(Settings settings) {
    this.settings = settings;
  }

  /**
   * What a replay consists of. Sets row, the run over records (null for none), and sources, those
   * whose requests can be planned again; why says which cannot, where nothing else is left.
   *
   * @param letter one letter; null for all
   * @param cause letters of one cause; null for all
   * @param counts lines (source, request, letters) of open letters
   */
  public void plan(
      @ExchangeProperty("letter") Long letter,
      @ExchangeProperty("cause") String cause,
      @Header("counts") List<Map<String, Object>> counts,
      Exchange exchange) {
    Map<String, Long> records = new LinkedHashMap<>();
    List<String> callable = new ArrayList<>();
    String why = "";
    for (Map<String, Object> line : counts) {
      String source = (String) line.get("source");
      if (!(Boolean) line.get("request")) {
        records.put(source, ((Number) line.get("letters")).longValue());
      } else if (settings.enabled(source)) {
        callable.add(source);
      } else {
        why =
            "requests of "
                + source
                + " cannot be replayed while it is disabled; set "
                + settings.missing(source);
      }
    }
    Map<String, Object> row = records.isEmpty() ? null : row(letter, cause, records);
    exchange.setProperty("row", row);
    exchange.setProperty("job", "replay");
    exchange.setProperty("parametersJson", row == null ? null : row.get("parameters"));
    exchange.setProperty("sources", callable.toArray(String[]::new));
    exchange.setProperty("why", row == null && callable.isEmpty() ? why : "");
  }

  /**
   * A run that applies the records with open dead letters again.
   *
   * @param records how many are meant, by source
   */
  public static Map<String, Object> row(Long letter, String cause, Map<String, Long> records) {
    ObjectNode parameters = JSON.createObjectNode();
    if (letter != null) {
      parameters.put("letter", letter);
    } else if (cause != null) {
      parameters.put("group", cause);
    } else {
      parameters.put("all", true);
    }
    ArrayNode requests = JSON.createArrayNode();
    records.forEach(
        (source, count) ->
            request(requests, source, "dead letters of " + source, count)
                .put("letters", true)
                .put("letter", letter)
                .put("cause", cause));
    return row("replay", parameters, requests);
  }

  /** A run over stored records, with an id of its own. */
  public static Map<String, Object> row(String job, ObjectNode parameters, ArrayNode requests) {
    try {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("run", UUID.randomUUID().toString());
      row.put("job", job);
      row.put("priority", 2);
      row.put("parameters", JSON.writeValueAsString(parameters));
      row.put("requests", JSON.writeValueAsString(requests));
      return row;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always written", e);
    }
  }

  /** Adds a request; answers its {@code of}, which {@code land/Relanding} reads. */
  public static ObjectNode request(ArrayNode requests, String source, String path, long total) {
    ObjectNode row = requests.addObject();
    row.put("n", requests.size() - 1).put("source", "stored").put("kind", "record");
    ObjectNode request = row.putObject("request");
    request.put("kind", "record").put("path", path).put("total", total);
    return request.putObject("of").put("source", source);
  }
}
