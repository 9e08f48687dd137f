package dev.backline.bench;

import dev.backline.land.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The very rows that the pipeline wrote, in memory: what the floor and the row loop write again.
 * Raw records are kept uncompressed, so that compressing them is part of their clock as it is of
 * the pipeline's.
 *
 * @param rows rows of each table as lines of COPY's text format, parents before children; those of
 *     {@code source_records} without {@code raw}
 * @param raws raw records, in the order of the lines of {@code source_records}
 */
record Written(Map<String, List<byte[]>> rows, List<byte[]> raws) {
  /** Tables that a run writes and their keys, parents before children. */
  static final Map<String, String> TABLES = tables();

  private static Map<String, String> tables() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("source_records", "source, record_kind, source_id");
    keys.put("venues", "id");
    keys.put("artists", "id");
    keys.put("shows", "id");
    keys.put("show_artists", "show_id, artist_id");
    keys.put("source_links", "entity_kind, source, source_id");
    keys.put("identity_keys", "entity_kind, key, source, source_id");
    return keys;
  }

  static Written read(Connection connection) throws SQLException, IOException {
    Map<String, List<byte[]>> rows = new LinkedHashMap<>();
    for (String table : TABLES.keySet()) {
      rows.put(table, lines(connection, table));
    }
    List<byte[]> raws = new ArrayList<>();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1000);
      try (ResultSet row =
          statement.executeQuery(
              "select raw from source_records order by " + TABLES.get("source_records"))) {
        while (row.next()) {
          raws.add(Zstd.decompress(row.getBytes(1)));
        }
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
    return new Written(rows, raws);
  }

  /** Columns of a table in their order; the raw bytes last. */
  static List<String> columns(Connection connection, String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet row = connection.getMetaData().getColumns(null, "public", table, null)) {
      while (row.next()) {
        columns.add(row.getString("COLUMN_NAME"));
      }
    }
    if (columns.remove("raw")) {
      columns.add("raw");
    }
    return columns;
  }

  private static List<byte[]> lines(Connection connection, String table)
      throws SQLException, IOException {
    List<String> columns = columns(connection, table);
    columns.remove("raw");
    String copy =
        "copy (select "
            + String.join(", ", columns)
            + " from "
            + table
            + " order by "
            + TABLES.get(table)
            + ") to stdout";
    List<byte[]> lines = new ArrayList<>();
    CopyOut out = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
    byte[] line = out.readFromCopy();
    while (line != null) {
      lines.add(line);
      line = out.readFromCopy();
    }
    return lines;
  }

  int events() {
    return (int) rows.get("source_records").stream().filter(Written::event).count();
  }

  private static boolean event(byte[] line) {
    return new String(line, 0, Math.min(line.length, 40), StandardCharsets.UTF_8)
        .contains("\tevent\t");
  }

  /** A line of {@code source_records} with its raw bytes, compressed now. */
  byte[] recordLine(int i) {
    byte[] line = rows.get("source_records").get(i);
    byte[] raw = Zstd.compress(raws.get(i));
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + raw.length * 2 + 8);
    out.write(line, 0, line.length - 1);
    out.writeBytes("\t\\\\x".getBytes(StandardCharsets.US_ASCII));
    byte[] hex = new byte[raw.length * 2];
    for (int k = 0; k < raw.length; k++) {
      hex[2 * k] = HEX[(raw[k] >> 4) & 15];
      hex[2 * k + 1] = HEX[raw[k] & 15];
    }
    out.writeBytes(hex);
    out.write('\n');
    return out.toByteArray();
  }

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
}
