package dev.backline.cli;

import java.io.PrintStream;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A plain table on a terminal: a header, rows, columns as wide as they need to be. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(Object... header) {
    row(header);
  }

  Table row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(text(cell).replaceAll("\\p{Cntrl}", " "));
    }
    rows.add(row);
    return this;
  }

  /** Times to the second, in UTC. */
  private static String text(Object cell) {
    Object value = cell instanceof Timestamp time ? time.toInstant() : cell;
    if (value instanceof Instant time) {
      value = time.truncatedTo(ChronoUnit.SECONDS);
    }
    return value == null ? "-" : value.toString();
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  void print(PrintStream out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        boolean number =
            !cell.isEmpty() && cell.chars().allMatch(c -> Character.isDigit(c) || c == ',');
        String pad = " ".repeat(widths[i] - cell.length());
        line.append(number ? pad + cell : cell + pad).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
