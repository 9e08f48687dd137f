package dev.backline.reload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.apply.Outcome;
import dev.backline.apply.RowDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an edit makes of a sample of one kind: what the former files made of the same records, and
 * what the new ones do.
 */
final class KindDiff {
  private static final String APPLIED = "applied";
  private static final Set<String> FAILED = Set.of("dead", "rejected");

  /** How often something was there, and how often it changes or is there no more. */
  private static final class Tally {
    private int had;
    private int changed;
    private int empty;

    private void add(JsonNode before, JsonNode after) {
      had += isEmpty(before) ? 0 : 1;
      changed += Objects.equals(before, after) ? 0 : 1;
      empty += !isEmpty(before) && isEmpty(after) ? 1 : 0;
    }
  }

  /** Rows of one table that stand. */
  private static final class Rows {
    private int all;
    private int changed;
    private int gone;
    private final Map<String, Tally> columns = new TreeMap<>();
  }

  private final Kind kind;
  private final int tried;
  private int applied;
  private int changed;
  private int gained;
  private final Map<String, Integer> stay = new TreeMap<>();
  private final Map<String, Integer> lost = new TreeMap<>();
  private String example;
  private final Map<String, Tally> fields = new TreeMap<>();
  private final Map<String, Rows> tables = new TreeMap<>();

  private KindDiff(Kind kind, int tried) {
    this.kind = kind;
    this.tried = tried;
  }

  static KindDiff between(Kind kind, Outcome before, Outcome after) {
    KindDiff diff = new KindDiff(kind, after.states().size());
    after.states().forEach((record, is) -> diff.record(record, before, after, is));
    before.rows().values().forEach(row -> diff.row(row, after.rows()));
    if (!diff.lost.isEmpty()) { // Rows of records that are applied no more say nothing more.
      diff.tables.values().forEach(rows -> rows.gone = 0);
    }
    return diff;
  }

  private void record(String record, Outcome before, Outcome after, String is) {
    boolean was = APPLIED.equals(before.states().get(record));
    applied += was ? 1 : 0;
    if (was && !APPLIED.equals(is)) {
      lost.merge(is, 1, Integer::sum);
      if (example == null && after.reason(record) != null) {
        example = record + ": " + after.reason(record);
      }
    }
    gained += !was && APPLIED.equals(is) ? 1 : 0;
    if (FAILED.contains(is) && is.equals(before.states().get(record))) {
      stay.merge(is, 1, Integer::sum);
    }
    JsonNode old = before.entities().get(record);
    JsonNode now = after.entities().get(record);
    if (old != null && now != null) {
      changed += old.equals(now) ? 0 : 1;
      names(old, now).forEach(name -> tally(fields, name).add(old.get(name), now.get(name)));
    }
  }

  private void row(RowDiff.Row old, Map<String, RowDiff.Row> after) {
    RowDiff.Row now = after.get(old.table() + ' ' + old.id());
    Rows rows = tables.computeIfAbsent(old.table(), table -> new Rows());
    rows.all++;
    if (now == null) {
      rows.gone++;
      return;
    }
    rows.changed += old.columns().equals(now.columns()) ? 0 : 1;
    names(old.columns(), now.columns())
        .forEach(
            name ->
                tally(rows.columns, name).add(old.columns().get(name), now.columns().get(name)));
  }

  private static Tally tally(Map<String, Tally> all, String name) {
    return all.computeIfAbsent(name, key -> new Tally());
  }

  private static Set<String> names(JsonNode one, JsonNode other) {
    Set<String> names = new TreeSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean isEmpty(JsonNode value) {
    return value == null
        || value.isNull()
        || (value.isTextual() && value.asText().isEmpty())
        || (value.isContainerNode() && value.isEmpty());
  }

  private int lost() {
    return lost.values().stream().mapToInt(n -> n).sum();
  }

  /** How many records it is about. */
  int tried() {
    return tried;
  }

  // --- What is too much -------------------------------------------------------------------------

  /**
   * Why the edit may not run, each with what to do; nothing where it may.
   *
   * @param file that is to be mended
   */
  List<Problem> problems(String file, Guard.Limits limits, Meant meant) {
    List<Problem> problems = new ArrayList<>();
    if (!meant.loses() && more(lost(), applied, limits.lostPercent())) {
      problems.add(
          new Problem(
              file,
              0,
              lost()
                  + " of "
                  + applied
                  + " "
                  + kind
                  + " records tried are applied no more ("
                  + states()
                  + ")",
              cure(Meant.LOST)));
    }
    Set<String> said = new TreeSet<>();
    fields.forEach(
        (field, tally) -> {
          if (!meant.empties(field) && more(tally.empty, tally.had, limits.nullPercent())) {
            said.add(field);
            problems.add(nulls(file, field, tally, kind + " records tried"));
          }
        });
    tables.forEach(
        (table, rows) -> {
          rows.columns.forEach(
              (column, tally) -> {
                if (!said.contains(column)
                    && !meant.empties(column)
                    && more(tally.empty, tally.had, limits.nullPercent())) {
                  problems.add(
                      nulls(file, column, tally, "rows of " + table + " that " + kind + " writes"));
                }
              });
          if (!meant.loses() && more(rows.gone, rows.all, limits.lostPercent())) {
            problems.add(
                new Problem(
                    file,
                    0,
                    rows.gone
                        + " of "
                        + rows.all
                        + " rows of "
                        + table
                        + " that "
                        + kind
                        + " writes are written no more",
                    cure(Meant.LOST)));
          }
        });
    return problems;
  }

  private static Problem nulls(String file, String field, Tally tally, String whose) {
    return new Problem(
        file,
        0,
        field + " becomes null in " + tally.empty + " of the " + tally.had + " " + whose,
        cure(field + Meant.EMPTY));
  }

  private static String cure(String words) {
    return "mend it, or say that it is meant: the words 'guard: " + words + "' in a changed file";
  }

  private static boolean more(int some, int all, int percent) {
    return some * 100L > (long) percent * all;
  }

  // --- The line ---------------------------------------------------------------------------------

  private String states() {
    String counts =
        lost.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    return example == null ? counts : counts + ", such as " + example;
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (changed > 0) {
      parts.add(changed + " change (" + changes(fields) + ")");
    }
    if (lost() > 0) {
      parts.add(lost() + " of " + applied + " are applied no more (" + states() + ")");
    }
    if (gained > 0) {
      parts.add(gained + " are applied that were not");
    }
    String nulls = nulls(fields);
    tables.forEach(
        (table, rows) -> {
          if (rows.changed + rows.gone > 0) {
            String cells = changes(rows.columns);
            String empty = nulls(rows.columns);
            parts.add(
                "of "
                    + rows.all
                    + " rows of "
                    + table
                    + " "
                    + (rows.changed == 0 ? "" : rows.changed + " change (" + cells + ")")
                    + (rows.changed > 0 && rows.gone > 0 ? " and " : "")
                    + (rows.gone == 0 ? "" : rows.gone + " are written no more")
                    + (empty.isEmpty() ? "" : ", " + empty));
          }
        });
    if (!nulls.isEmpty()) {
      parts.add(Math.min(1, parts.size()), nulls);
    }
    return kind
        + ", "
        + tried
        + (tried == 1 ? " record: " : " records: ")
        + (parts.isEmpty() ? "nothing changes" : String.join("; ", parts))
        + stay.entrySet().stream()
            .map(e -> "; " + e.getValue() + " stay " + e.getKey())
            .collect(Collectors.joining());
  }

  private static String changes(Map<String, Tally> tallies) {
    return tallies.entrySet().stream()
        .filter(e -> e.getValue().changed > 0)
        .map(e -> e.getKey() + " " + e.getValue().changed)
        .collect(Collectors.joining(", "));
  }

  private static String nulls(Map<String, Tally> tallies) {
    return tallies.entrySet().stream()
        .filter(e -> e.getValue().empty > 0)
        .map(e -> e.getKey() + " becomes null in " + e.getValue().empty + " of " + e.getValue().had)
        .collect(Collectors.joining(", "));
  }
}
