package dev.backline.apply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a remap would change, added up over its batches: all counts, and the first examples. A row
 * that several batches touch counts once.
 */
public final class Trial {
  /** Rows of one table, or of all. */
  public record Counts(int inserted, int changed, int deleted, int unchanged) {
    private Counts plus(Counts other) {
      return new Counts(
          inserted + other.inserted,
          changed + other.changed,
          deleted + other.deleted,
          unchanged + other.unchanged);
    }
  }

  /**
   * A record that would not stay in its state.
   *
   * @param record source, kind and id
   */
  public record StateChange(String record, String before, String after, String reason) {}

  private final int limit;
  private final Outcome outcome;
  private final Map<String, Counts> tables = new TreeMap<>();
  private final Map<String, Integer> states = new TreeMap<>();
  private final List<RowDiff.Change> rows = new ArrayList<>();
  private final List<StateChange> records = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private int tried;

  /**
   * @param limit how many rows, and how many records, are kept as examples
   */
  public Trial(int limit) {
    this.limit = limit;
    this.outcome = null;
  }

  /**
   * @param outcome is told of each record and each row: for samples, as it keeps them all
   */
  public Trial(Outcome outcome) {
    this.limit = 0;
    this.outcome = outcome;
  }

  Optional<Outcome> outcome() {
    return Optional.ofNullable(outcome);
  }

  void add(RowDiff diff) {
    for (RowDiff.Change change : diff.changes()) {
      if (seen.add(change.row().table() + ' ' + change.row().id())) {
        count(
            change.row().table(),
            switch (change.kind()) {
              case INSERTED -> new Counts(1, 0, 0, 0);
              case CHANGED -> new Counts(0, 1, 0, 0);
              case DELETED -> new Counts(0, 0, 1, 0);
            });
        if (rows.size() < limit) {
          rows.add(change);
        }
      }
    }
    diff.unchanged().forEach((table, rows) -> count(table, new Counts(0, 0, 0, rows)));
  }

  private void count(String table, Counts more) {
    tables.merge(table, more, Counts::plus);
  }

  void add(StateChange change) {
    states.merge(change.before() + " -> " + change.after(), 1, Integer::sum);
    if (records.size() < limit) {
      records.add(change);
    }
  }

  void tried(int more) {
    tried += more;
  }

  /** How many records went through the mappings. */
  public int tried() {
    return tried;
  }

  /** Counts by table. */
  public Map<String, Counts> tables() {
    return tables;
  }

  /** How many records would change their state, by {@code before -> after}. */
  public Map<String, Integer> states() {
    return states;
  }

  /** The first rows that would change. */
  public List<RowDiff.Change> rows() {
    return rows;
  }

  /** The first records that would change their state. */
  public List<StateChange> records() {
    return records;
  }

  public Counts total() {
    return tables.values().stream().reduce(new Counts(0, 0, 0, 0), Counts::plus);
  }
}
