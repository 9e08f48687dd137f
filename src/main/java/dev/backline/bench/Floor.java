package dev.backline.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The database floor: the rows that the pipeline writes, by COPY into temporary tables and one
 * set-based upsert a table, on one connection. Nothing that keeps them can be much faster.
 */
final class Floor {
  private static final int ROWS = 1000;

  private final Connection connection;
  private final Map<String, String> copies = new LinkedHashMap<>();
  private final Map<String, String> upserts = new LinkedHashMap<>();

  Floor(Connection connection) throws SQLException {
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      for (var table : Written.TABLES.entrySet()) {
        List<String> columns = Written.columns(connection, table.getKey());
        String list = String.join(", ", columns);
        String temporary = "floor_" + table.getKey();
        statement.execute(
            "create temporary table "
                + temporary
                + " (like "
                + table.getKey()
                + ") on commit delete rows");
        copies.put(table.getKey(), "copy " + temporary + " (" + list + ") from stdin");
        upserts.put(table.getKey(), upsert(table.getKey(), table.getValue(), columns, temporary));
      }
    }
  }

  private static String upsert(String table, String key, List<String> columns, String temporary) {
    List<String> keys = List.of(key.split(", "));
    List<String> values = columns.stream().filter(c -> !keys.contains(c)).toList();
    String list = String.join(", ", columns);
    String insert =
        "insert into "
            + table
            + " as t ("
            + list
            + ") select "
            + list
            + " from "
            + temporary
            + " order by "
            + key
            + " on conflict ("
            + key
            + ") do ";
    if (values.isEmpty()) {
      return insert + "nothing";
    }
    return insert
        + "update set "
        + String.join(", ", values.stream().map(c -> c + " = excluded." + c).toList())
        + " where ("
        + String.join(", ", values.stream().map(c -> "t." + c).toList())
        + ") is distinct from ("
        + String.join(", ", values.stream().map(c -> "excluded." + c).toList())
        + ")";
  }

  /**
   * Writes everything, a thousand rows of a table a transaction; answers how many events it was.
   */
  int write(Written written) throws SQLException {
    connection.setAutoCommit(false);
    for (String table : Written.TABLES.keySet()) {
      int count = written.rows().get(table).size();
      for (int from = 0; from < count; from += ROWS) {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copies.get(table));
        for (int i = from; i < Math.min(from + ROWS, count); i++) {
          byte[] line =
              table.equals("source_records")
                  ? written.recordLine(i)
                  : written.rows().get(table).get(i);
          copy.writeToCopy(line, 0, line.length);
        }
        copy.endCopy();
        try (Statement statement = connection.createStatement()) {
          statement.execute(upserts.get(table));
        }
        connection.commit();
      }
    }
    connection.setAutoCommit(true);
    return written.events();
  }
}
