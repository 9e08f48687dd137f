package dev.backline.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What differs between rows of the catalogue as they were and as they would be.
 *
 * @param changes rows that would be inserted, changed or deleted, in the order of tables and ids
 * @param unchanged rows that stay what they are, by table
 */
public record RowDiff(List<Change> changes, Map<String, Integer> unchanged) {

  /**
   * A row at one moment.
   *
   * @param id the id, or the ids of a row that links two, with a slash between
   * @param name what a person calls it
   * @param record source, kind and id of a record that it belongs to; null where there is none
   * @param failed whether one of its records has failed, so that what that told stands only here
   * @param columns its values, without the times at which it was written
   */
  public record Row(
      String table, String id, String name, String record, boolean failed, JsonNode columns) {
    String key() {
      return table + ' ' + id;
    }
  }

  /** What happens to a row. */
  public enum Kind {
    INSERTED,
    CHANGED,
    DELETED
  }

  /**
   * A row that does not stay as it is.
   *
   * @param row as it would be; as it was where it is deleted
   * @param columns the values that differ, by column; none of a deleted row
   */
  public record Change(Kind kind, Row row, Map<String, Cell> columns) {}

  /**
   * @param before null in an inserted row
   */
  public record Cell(JsonNode before, JsonNode after) {}

  /** Rows are matched by table and id. */
  public static RowDiff between(List<Row> before, List<Row> after) {
    Map<String, Row> was = new LinkedHashMap<>();
    before.forEach(row -> was.put(row.key(), row));
    List<Change> changes = new ArrayList<>();
    Map<String, Integer> unchanged = new LinkedHashMap<>();
    for (Row row : after) {
      Row old = was.remove(row.key());
      Map<String, Cell> columns = differing(old, row);
      if (old == null || !columns.isEmpty()) {
        changes.add(new Change(old == null ? Kind.INSERTED : Kind.CHANGED, row, columns));
      } else {
        unchanged.merge(row.table(), 1, Integer::sum);
      }
    }
    was.values().forEach(row -> changes.add(new Change(Kind.DELETED, row, Map.of())));
    return new RowDiff(changes, unchanged);
  }

  private static Map<String, Cell> differing(Row before, Row after) {
    TreeSet<String> names = new TreeSet<>();
    after.columns().fieldNames().forEachRemaining(names::add);
    if (before != null) {
      before.columns().fieldNames().forEachRemaining(names::add);
    }
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (String name : names) {
      JsonNode old = before == null ? null : before.columns().get(name);
      JsonNode now = after.columns().get(name);
      boolean empty = old == null && (now == null || now.isNull());
      if (!empty && !Objects.equals(old, now)) {
        cells.put(name, new Cell(old, now));
      }
    }
    return cells;
  }
}
