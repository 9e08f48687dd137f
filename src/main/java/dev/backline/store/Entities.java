package dev.backline.store;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds the entities of the catalogue by what people call them. */
public final class Entities {
  private static final Map<String, String> TABLES =
      Map.of("artist", "artists", "venue", "venues", "show", "shows", "song", "songs");

  /**
   * An entity that is there.
   *
   * @param mergedFrom the id that was asked for where this one took it in; else null
   */
  public record Found(UUID id, UUID mergedFrom) {}

  private final JdbcTemplate jdbc;

  public Entities(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  /** Where the rows of a kind are. */
  static String table(String kind) {
    return TABLES.get(kind);
  }

  /** The entity of an id; an id that was merged leads to its keeper. */
  public Optional<Found> byId(String kind, UUID id) {
    return jdbc
        .query(
            "select id, cast(null as uuid) as gone from "
                + table(kind)
                + " where id = ? union all"
                + " select keep_id, gone_id from merged_entities where entity_kind = ? and gone_id = ?",
            (row, i) -> new Found(row.getObject(1, UUID.class), row.getObject(2, UUID.class)),
            id,
            kind,
            id)
        .stream()
        .findFirst();
  }

  /** The entity that a source's record belongs to; a song's records are its recordings. */
  public Optional<Found> bySource(String kind, String source, String sourceId) {
    String select =
        kind.equals("song")
            ? "select song_id from song_recordings"
                + " where cast(? as text) = 'song' and source = ? and source_id = ? and song_id is not null"
            : "select entity_id from source_links where entity_kind = ? and source = ? and source_id = ?";
    return jdbc
        .query(
            select,
            (row, i) -> new Found(row.getObject(1, UUID.class), null),
            kind,
            source,
            sourceId)
        .stream()
        .findFirst();
  }

  /** The sync state of an artist, venue or show, with how much hangs on it; empty for none. */
  public Map<String, Object> state(String kind, String id) {
    String counts =
        switch (kind) {
          case "artist" ->
              "(select count(*) from show_artists l where l.artist_id = e.id) as shows,"
                  + " (select count(*) from songs s where s.artist_id = e.id) as songs";
          case "venue" -> "(select count(*) from shows s where s.venue_id = e.id) as shows";
          default ->
              "(select count(*) from show_artists l where l.show_id = e.id) as artists,"
                  + " coalesce(jsonb_array_length(e.setlist_suggestions), 0) as suggestions";
        };
    return jdbc
        .queryForList(
            "select e.id, e.name, e.sync_status, e.last_sync, e.last_sync_error, "
                + counts
                + " from "
                + kind
                + "s e where cast(e.id as text) = lower(?)",
            id)
        .stream()
        .findFirst()
        .orElse(Map.of());
  }
}
