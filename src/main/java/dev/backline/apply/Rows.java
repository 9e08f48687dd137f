package dev.backline.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Settings;
import dev.backline.identity.Group;
import dev.backline.identity.Member;
import dev.backline.identity.Pair;
import dev.backline.identity.Reason;
import dev.backline.songs.SongRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Writes a resolved batch as the rows that its SQL statements take, parents before children. */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Set<String>> EXTERNAL_IDS =
      Map.of(
          "artist", Set.of("ticketmaster", "bandsintown"),
          "venue", Set.of("ticketmaster", "setlistfm"),
          "show", Set.of("ticketmaster", "setlistfm", "bandsintown"));

  private final Settings settings;
  private final Strata strata;
  private final Supplier<Survivorship> survivorship;
  private final ShowRows showRows;
  private final SongRows songRows;

  Rows(
      Settings settings,
      Strata strata,
      Supplier<Survivorship> survivorship,
      ShowRows showRows,
      SongRows songRows) {
    this.settings = settings;
    this.strata = strata;
    this.survivorship = survivorship;
    this.showRows = showRows;
    this.songRows = songRows;
  }

  Map<String, Object> of(Batch batch, Map<String, JsonNode> overrides)
      throws JsonProcessingException {
    Map<String, Object> rows = new LinkedHashMap<>();
    ArrayNode links = JSON.createArrayNode();
    ArrayNode keys = JSON.createArrayNode();
    for (String kind : strata.kinds()) {
      entities(batch, kind, overrides, rows);
      for (Group group : batch.groups.getOrDefault(kind, List.of())) {
        links(batch, kind, group, links);
      }
      merges(batch, kind, rows);
    }
    showRows.add(batch, survivorship.get(), overrides, rows);
    songs(batch, rows);
    keys(batch, keys, rows);
    reviews(batch, rows);
    rows.put("links", JSON.writeValueAsString(links));
    marks(batch, rows);
    return rows;
  }

  /** Recordings that the batch brings, and the artists whose songs they make. */
  private void songs(Batch batch, Map<String, Object> rows) throws JsonProcessingException {
    List<SongRows.Entity> recordings = new ArrayList<>();
    for (String kind : List.of("album", "song")) {
      batch
          .held(kind)
          .forEach(t -> recordings.add(new SongRows.Entity(t.record().id(), t.entity())));
    }
    rows.putAll(
        songRows.of(batch.source, recordings, id -> batch.entity("artist", batch.source, id)));
  }

  private void entities(
      Batch batch, String kind, Map<String, JsonNode> overrides, Map<String, Object> rows)
      throws JsonProcessingException {
    if (kind.equals("show")) {
      return;
    }
    ArrayNode written = JSON.createArrayNode();
    Map<String, String> spotifyOwners = new TreeMap<>();
    for (Group group : batch.groups.getOrDefault(kind, List.of())) {
      List<Translated> held = held(batch, kind, group);
      if (held.isEmpty()) {
        continue;
      }
      ObjectNode row =
          survivorship.get().row(kind, held, overrides.get(kind + ' ' + group.entity()));
      row.put("id", group.entity());
      externalIds(kind, group, row);
      String spotify = row.path("spotify_id").asText("");
      if (!spotify.isEmpty() && spotifyOwners.putIfAbsent(spotify, group.entity()) != null) {
        row.putNull("spotify_id"); // Two artists claim it; the one that comes first keeps it.
      }
      written.add(row);
    }
    rows.put(kind + "s", JSON.writeValueAsString(written));
  }

  static List<Translated> held(Batch batch, String kind, Group group) {
    List<Translated> held = new ArrayList<>(group.members().size());
    for (Member member : group.members()) {
      Translated t = batch.held(kind, member.key());
      if (t != null) {
        held.add(t);
      }
    }
    return held;
  }

  /** The id that a source itself gives is the first of its records that is no listing beside it. */
  static void externalIds(String kind, Group group, ObjectNode row) {
    for (Member member : group.members()) {
      String column = member.source() + "_id";
      if (EXTERNAL_IDS.get(kind).contains(member.source())
          && !row.hasNonNull(column)
          && !group.reasons().get(member.key()).method().equals("offer")) {
        row.put(column, member.id());
      }
    }
  }

  private static void links(Batch batch, String kind, Group group, ArrayNode links) {
    for (Member member : group.members()) {
      Reason reason = group.reasons().get(member.key());
      ObjectNode link =
          links
              .addObject()
              .put("entity_kind", kind)
              .put("source", member.source())
              .put("source_id", member.id())
              .put("entity_id", group.entity())
              .put("method", reason.method())
              .put("score", Math.round(reason.score() * 1000) / 1000.0)
              .put("decided_by", reason.human() ? "human" : "rule");
      if (!reason.lines().isEmpty()) {
        reason.lines().forEach(link.putArray("evidence")::add);
      }
    }
  }

  /** Entities that others have taken in, and those that gave records away and go on. */
  private static void merges(Batch batch, String kind, Map<String, Object> rows)
      throws JsonProcessingException {
    ArrayNode merges = JSON.createArrayNode();
    Map<String, String> former = batch.former.getOrDefault(kind, Map.of());
    Map<String, String> movedTo = new TreeMap<>();
    for (Group group : batch.groups.getOrDefault(kind, List.of())) {
      for (Member member : group.members()) {
        String was = former.get(member.key());
        if (was != null && !was.equals(group.entity())) {
          movedTo.putIfAbsent(was, group.entity());
        }
      }
    }
    movedTo.forEach(
        (was, entity) -> {
          if (!batch.isLiving(kind, was)) {
            merges.addObject().put("keep", entity).put("gone", was);
          }
        });
    rows.put(kind + "_merges", JSON.writeValueAsString(merges));
  }

  /** The keys by which others find the records that the batch brings; and whose records moved. */
  private void keys(Batch batch, ArrayNode keys, Map<String, Object> rows)
      throws JsonProcessingException {
    List<String[]> keyed = new ArrayList<>();
    List<String[]> moved = new ArrayList<>();
    for (String kind : strata.kinds()) {
      Stratum stratum = strata.of(kind);
      for (String record : batch.brought(kind)) {
        Translated t = batch.held(kind, record);
        if (batch.former.getOrDefault(kind, Map.of()).containsKey(record)) {
          keyed.add(new String[] {kind, t.record().source(), t.record().id()}); // It may lose keys.
        }
        for (String key : stratum.trustedIds(t)) {
          key(keys, kind, t, key, true);
        }
        for (String key : stratum.keys(t, batch)) {
          key(keys, kind, t, key, false);
        }
      }
      if (!kind.equals("show")) {
        for (String record : batch.moved(kind)) {
          String[] parts = record.split(" ", 2);
          moved.add(new String[] {kind, parts[0], parts[1]});
        }
      }
    }
    recordings(batch, keys, keyed);
    List<String[]> arrived = new ArrayList<>();
    for (String record : batch.brought("artist")) {
      if (!batch.former.getOrDefault("artist", Map.of()).containsKey(record)) {
        arrived.add(record.split(" ", 2));
      }
    }
    rows.put("arrived_sources", column(arrived, 0));
    rows.put("arrived_ids", column(arrived, 1));
    rows.put("artist_kinds", recordKinds("artist"));
    rows.put("show_kinds", recordKinds("show"));
    rows.put("keys", JSON.writeValueAsString(keys));
    rows.put("keyed_kinds", column(keyed, 0));
    rows.put("keyed_sources", column(keyed, 1));
    rows.put("keyed_ids", column(keyed, 2));
    rows.put("moved_kinds", column(moved, 0));
    rows.put("moved_sources", column(moved, 1));
    rows.put("moved_ids", column(moved, 2));
  }

  /**
   * Releases, recordings and setlists are found by the artists whose songs they name: one may come
   * after them.
   */
  private static void recordings(Batch batch, ArrayNode keys, List<String[]> keyed) {
    for (String kind : List.of("album", "song", "show")) {
      boolean show = kind.equals("show"); // Others of its kind may be held beside it.
      for (Translated t : batch.held(kind)) {
        if (!show
            || batch.brought(kind).contains(t.key()) && t.entity().path("setlist").isObject()) {
          keyed.add(new String[] {"song", t.record().source(), t.record().id()});
          Batch.recorded(t)
              .forEach(id -> key(keys, "song", t, "r:" + id + '|' + t.record().kind(), false));
        }
      }
    }
  }

  /** What each source calls the records of an entity kind. */
  private String recordKinds(String kind) throws JsonProcessingException {
    ArrayNode kinds = JSON.createArrayNode();
    for (String source : settings.sources()) {
      settings
          .find(source + "." + kind + "-records")
          .ifPresent(k -> kinds.addObject().put("source", source).put("record_kind", k));
    }
    return JSON.writeValueAsString(kinds);
  }

  private static void key(ArrayNode keys, String kind, Translated t, String key, boolean trusted) {
    keys.addObject()
        .put("entity_kind", kind)
        .put("source", t.record().source())
        .put("source_id", t.record().id())
        .put("key", key)
        .put("trusted", trusted);
  }

  static String[] column(List<String[]> rows, int column) {
    return rows.stream().map(row -> row[column]).toArray(String[]::new);
  }

  /** Pairs that are open, in place of those that the same records had before. */
  private static void reviews(Batch batch, Map<String, Object> rows)
      throws JsonProcessingException {
    ArrayNode open = JSON.createArrayNode();
    List<String[]> judged = new ArrayList<>();
    batch.judged.forEach(
        (kind, records) -> {
          Map<String, String> former = batch.former.getOrDefault(kind, Map.of());
          for (String record : records) {
            if (former.containsKey(record)) { // Others had none.
              String[] parts = record.split(" ", 2);
              judged.add(new String[] {kind, parts[0], parts[1]});
            }
          }
        });
    batch.open.forEach(
        (kind, pairs) -> {
          for (Batch.Open pair : pairs) {
            open.add(review(kind, pair));
          }
        });
    rows.put("open_pairs", JSON.writeValueAsString(open));
    rows.put("judged_kinds", column(judged, 0));
    rows.put("judged_sources", column(judged, 1));
    rows.put("judged_ids", column(judged, 2));
  }

  private static ObjectNode review(String kind, Batch.Open open) {
    Pair pair = open.pair();
    String[] left = pair.left().split(" ", 2);
    String[] right = pair.right().split(" ", 2);
    ObjectNode row =
        JSON.createObjectNode()
            .put("entity_kind", kind)
            .put("left_source", left[0])
            .put("left_id", left[1])
            .put("right_source", right[0])
            .put("right_id", right[1])
            .put("score", Math.round(pair.score() * 1000) / 1000.0)
            .put("state", open.review() ? "review" : "watched");
    pair.lines().forEach(row.putArray("evidence")::add);
    return row;
  }

  /**
   * End states of the claimed records, of skipped parents that a listing has now named, and
   * letters.
   */
  private void marks(Batch batch, Map<String, Object> rows) throws JsonProcessingException {
    List<Translated> marked = new ArrayList<>();
    for (Translated t : batch.claimed) {
      Stratum stratum = t.isApplied() ? strata.of(t.entityKind()) : null;
      boolean unwanted = stratum != null && !stratum.wanted(t, batch);
      marked.add(unwanted ? Translated.skipped(t.record(), "not-music") : t);
    }
    marked.addAll(batch.parents);
    rows.put(
        "marked_sources", marked.stream().map(t -> t.record().source()).toArray(String[]::new));
    rows.put("marked_kinds", marked.stream().map(t -> t.record().kind()).toArray(String[]::new));
    rows.put("marked_ids", marked.stream().map(t -> t.record().id()).toArray(String[]::new));
    rows.put(
        "marked_fingerprints",
        marked.stream().map(t -> t.record().fingerprint()).toArray(byte[][]::new));
    rows.put("states", marked.stream().map(Translated::state).toArray(String[]::new));
    rows.put("errors", marked.stream().map(Translated::reason).toArray(String[]::new));
    rows.put("letters", Letters.of(marked, settings));
  }
}
