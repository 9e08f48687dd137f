package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one set of files makes of a sample of stored records: their entities, their end states and
 * the rows that were there before. Two of them over one sample show what an edit changes.
 */
public final class Outcome {
  private final Map<String, JsonNode> entities = new HashMap<>();
  private final Map<String, String> states = new TreeMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Map<String, RowDiff.Row> rows = new TreeMap<>();
  private Outcome standing;

  /** The entity of each record that has one, by kind and id. */
  public Map<String, JsonNode> entities() {
    return entities;
  }

  /** The end state of each record, by kind and id. */
  public Map<String, String> states() {
    return states;
  }

  /** Why a record is not applied. */
  public String reason(String record) {
    return reasons.get(record);
  }

  /**
   * Rows by table and id. Only those that were there before: a new one has another id at each
   * trial.
   */
  public Map<String, RowDiff.Row> rows() {
    return rows;
  }

  /**
   * The same records and rows as they stand; of them no entity is known. Rows of which a record has
   * failed are left out: they hold what no trial is told.
   */
  public Outcome standing() {
    Outcome stand = new Outcome();
    if (standing != null) {
      stand.states.putAll(standing.states);
      stand.rows.putAll(standing.rows);
      stand.rows.values().removeIf(RowDiff.Row::failed);
    }
    return stand;
  }

  private Outcome before() {
    if (standing == null) {
      standing = new Outcome();
    }
    return standing;
  }

  static String key(Translated translated) {
    return translated.record().kind() + " " + translated.record().id();
  }

  void entities(List<Translated> records) {
    records.stream().filter(Translated::isApplied).forEach(t -> entities.put(key(t), t.entity()));
  }

  void state(String record, String was, String is, String reason) {
    before().states.put(record, was);
    states.put(record, is);
    if (reason != null) {
      reasons.put(record, reason);
    }
  }

  void rows(List<RowDiff.Row> was, List<RowDiff.Row> is) {
    was.forEach(row -> before().rows.put(row.key(), row));
    is.stream()
        .filter(row -> before().rows.containsKey(row.key()))
        .forEach(row -> rows.put(row.key(), row));
  }
}
