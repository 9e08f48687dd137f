package dev.backline.bench;

import dev.backline.land.Zstd;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What most hand-written syncs do: for each event one transaction that upserts its record, venue,
 * artists, show, line-up and link row by row, with prepared statements on one connection. It
 * neither fetches nor parses nor maps.
 */
final class RowLoop {
  private final Map<String, List<String>> columns = new LinkedHashMap<>();
  private final Map<String, Map<String, Object[]>> rows = new HashMap<>();
  private final Map<String, List<Object[]>> lineUps = new HashMap<>();
  private final Map<String, byte[]> raws = new HashMap<>();
  private final Map<String, Object[]> records = new HashMap<>();
  private final Map<String, Object[]> links = new HashMap<>();

  /** Reads what is to be written; not part of the clock. */
  RowLoop(Connection from, int most) throws SQLException, IOException {
    for (String table : Written.TABLES.keySet()) {
      columns.put(table, Written.columns(from, table));
    }
    String shows = "(select * from shows order by id limit " + most + ")";
    rows.put("shows", byId(from, "shows", shows));
    rows.put("venues", byId(from, "venues", "venues"));
    rows.put("artists", byId(from, "artists", "artists"));
    for (Object[] row : read(from, "show_artists", "show_artists")) {
      lineUps
          .computeIfAbsent(value("show_artists", row, "show_id"), k -> new ArrayList<>())
          .add(row);
    }
    for (Object[] row : read(from, "source_links", "source_links")) {
      if (value("source_links", row, "entity_kind").equals("show")) {
        links.put(value("source_links", row, "entity_id"), row);
      }
    }
    for (Object[] row :
        read(
            from, "source_records", "(select * from source_records where record_kind = 'event')")) {
      String id = value("source_records", row, "source_id");
      raws.put(id, Zstd.decompress((byte[]) row[row.length - 1]));
      records.put(id, row);
    }
  }

  private Map<String, Object[]> byId(Connection from, String table, String select)
      throws SQLException {
    Map<String, Object[]> found = new LinkedHashMap<>();
    for (Object[] row : read(from, table, select)) {
      found.put(value(table, row, "id"), row);
    }
    return found;
  }

  private List<Object[]> read(Connection from, String table, String select) throws SQLException {
    List<String> names = columns.get(table);
    List<Object[]> found = new ArrayList<>();
    try (Statement statement = from.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select " + String.join(", ", names) + " from " + select + " x")) {
      while (row.next()) {
        Object[] values = new Object[names.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = row.getObject(i + 1);
        }
        found.add(values);
      }
    }
    return found;
  }

  private String value(String table, Object[] row, String column) {
    return String.valueOf(row[columns.get(table).indexOf(column)]);
  }

  /** Writes events for at most so long; answers how many it wrote. */
  int write(Connection to, long nanos) throws SQLException {
    Map<String, PreparedStatement> upserts = new HashMap<>();
    for (String table : columns.keySet()) {
      upserts.put(table, to.prepareStatement(upsert(table)));
    }
    to.setAutoCommit(false);
    long end = System.nanoTime() + nanos;
    int written = 0;
    for (var show : rows.get("shows").entrySet()) {
      if (System.nanoTime() > end) {
        break;
      }
      Object[] link = links.get(show.getKey());
      String source = value("source_links", link, "source_id");
      Object[] record = records.get(source).clone();
      record[record.length - 1] = Zstd.compress(raws.get(source));
      execute(upserts.get("source_records"), record);
      Object[] venue = rows.get("venues").get(value("shows", show.getValue(), "venue_id"));
      if (venue != null) {
        execute(upserts.get("venues"), venue);
      }
      List<Object[]> lineUp = lineUps.getOrDefault(show.getKey(), List.of());
      for (Object[] place : lineUp) {
        execute(
            upserts.get("artists"),
            rows.get("artists").get(value("show_artists", place, "artist_id")));
      }
      execute(upserts.get("shows"), show.getValue());
      for (Object[] place : lineUp) {
        execute(upserts.get("show_artists"), place);
      }
      execute(upserts.get("source_links"), link);
      to.commit();
      written++;
    }
    to.setAutoCommit(true);
    for (PreparedStatement upsert : upserts.values()) {
      upsert.close();
    }
    return written;
  }

  private String upsert(String table) {
    List<String> names = columns.get(table);
    List<String> keys = List.of(Written.TABLES.get(table).split(", "));
    List<String> values = names.stream().filter(name -> !keys.contains(name)).toList();
    String list = String.join(", ", names);
    String marks = String.join(", ", names.stream().map(name -> "?").toList());
    String set = String.join(", ", values.stream().map(c -> c + " = excluded." + c).toList());
    return "insert into "
        + table
        + " ("
        + list
        + ") values ("
        + marks
        + ") on conflict ("
        + Written.TABLES.get(table)
        + ") do "
        + (set.isEmpty() ? "nothing" : "update set " + set);
  }

  private static void execute(PreparedStatement upsert, Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      upsert.setObject(i + 1, values[i]);
    }
    upsert.executeUpdate();
  }
}
