package dev.backline.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/**
 * What trying a remap decides in Java: which rows are compared, and what of it is noted in the
 * {@link Trial}. Bean {@code remapping} of {@code routes/flow/remap.camel.yaml}.
 */
public final class Remapping {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final Failures failures;

  public Remapping(Settings settings) {
    this.settings = settings;
    this.failures = new Failures(settings);
  }

  /**
   * Notes the states of a page's records and the cursor after it; parameters of {@code
   * raw-records.sql}, which reads what they hold.
   */
  public Map<String, Object> open(
      @Header("found") List<Map<String, Object>> found,
      @ExchangeProperty("trial") Trial trial,
      Exchange exchange) {
    Map<String, String> states = new HashMap<>();
    found.forEach(row -> states.put(key(row), (String) row.get("state")));
    exchange.setProperty("formerStates", states);
    Map<String, Object> last = found.isEmpty() ? null : found.get(found.size() - 1);
    exchange.setProperty("next", last == null ? null : key(last));
    trial.tried(found.size());
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("sources", found.stream().map(row -> row.get("source")).toArray(String[]::new));
    keys.put("kinds", found.stream().map(row -> row.get("kind")).toArray(String[]::new));
    keys.put("ids", found.stream().map(row -> row.get("id")).toArray(String[]::new));
    return keys;
  }

  private static String key(Map<String, Object> row) {
    return row.get("kind") + " " + row.get("id");
  }

  /** All of them, as {@code claim-records.sql} answers where nobody else wants one. */
  public List<Map<String, Object>> claimed(@ExchangeProperty("records") List<?> records) {
    return IntStream.rangeClosed(1, records.size())
        .mapToObj(i -> Map.<String, Object>of("i", i))
        .toList();
  }

  /** Parameters of {@code catalogue-rows.sql} for the same rows before they were written. */
  public Map<String, Object> before(
      @ExchangeProperty("touched") Map<String, Object> touched,
      @Header("after") List<Map<String, Object>> after) {
    Set<String> shows = new TreeSet<>(List.of((String[]) touched.get("shows")));
    after.stream()
        .filter(row -> row.get("table_name").equals("shows"))
        .forEach(row -> shows.add((String) row.get("id")));
    Map<String, Object> rows = new LinkedHashMap<>(touched);
    rows.put("shows", shows.toArray(String[]::new));
    return rows;
  }

  /** Notes which rows and which states would change. */
  public void compare(
      @Header("before") List<Map<String, Object>> before,
      @Header("after") List<Map<String, Object>> after,
      @Header("states") List<Map<String, Object>> states,
      @ExchangeProperty("formerStates") Map<String, String> former,
      @ExchangeProperty("source") String source,
      @ExchangeProperty("records") List<Translated> records,
      @ExchangeProperty("trial") Trial trial)
      throws JsonProcessingException {
    List<RowDiff.Row> rowsBefore = rows(before);
    List<RowDiff.Row> rowsAfter = rows(after);
    trial.add(RowDiff.between(rowsBefore, rowsAfter));
    trial.outcome().ifPresent(outcome -> outcome.entities(records));
    trial.outcome().ifPresent(outcome -> outcome.rows(rowsBefore, rowsAfter));
    for (Map<String, Object> row : states) {
      String was = former.get(key(row));
      String is = (String) row.get("state");
      trial.outcome().ifPresent(o -> o.state(key(row), was, is, (String) row.get("error")));
      if (!Objects.equals(was, is)) {
        String record = source + " " + key(row);
        trial.add(new Trial.StateChange(record, was, is, (String) row.get("error")));
      }
    }
  }

  private List<RowDiff.Row> rows(List<Map<String, Object>> found) throws JsonProcessingException {
    List<RowDiff.Row> rows = new ArrayList<>(found.size());
    for (Map<String, Object> row : found) {
      String source = (String) row.get("source");
      String kind =
          settings.find(source + "." + row.get("entity_kind") + "-records").orElse("record");
      rows.add(
          new RowDiff.Row(
              (String) row.get("table_name"),
              (String) row.get("id"),
              (String) row.get("name"),
              source == null ? null : source + " " + kind + " " + row.get("source_id"),
              (Boolean) row.get("failed"),
              JSON.readTree((String) row.get("columns"))));
    }
    return rows;
  }

  /** Notes the one record that the database would refuse. */
  public void died(
      @ExchangeProperty("records") List<Translated> records,
      @ExchangeProperty("failure") Throwable failure,
      @ExchangeProperty("formerStates") Map<String, String> former,
      @ExchangeProperty("trial") Trial trial) {
    var record = records.get(0).record();
    String was = former.get(record.kind() + " " + record.id());
    String reason = failures.reason(failure);
    trial
        .outcome()
        .ifPresent(o -> o.state(Outcome.key(records.get(0)), was, Translated.DEAD, reason));
    if (!Translated.DEAD.equals(was)) {
      String key = record.source() + " " + record.kind() + " " + record.id();
      trial.add(new Trial.StateChange(key, was, Translated.DEAD, reason));
    }
  }
}
