package dev.backline.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.identity.Group;
import dev.backline.songs.NotSongs;
import dev.backline.songs.TitleKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** Shows of a batch with their line-ups, the listings sold beside them, and what was played. */
public final class ShowRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<TitleKey> titles;
  private final Supplier<NotSongs> notSongs;

  /**
   * @param titles keys of titles by the rules in force, which may be replaced meanwhile
   * @param notSongs likewise
   */
  public ShowRows(Supplier<TitleKey> titles, Supplier<NotSongs> notSongs) {
    this.titles = titles;
    this.notSongs = notSongs;
  }

  void add(
      Batch batch,
      Survivorship survivorship,
      Map<String, JsonNode> overrides,
      Map<String, Object> rows)
      throws JsonProcessingException {
    ArrayNode shows = JSON.createArrayNode();
    ArrayNode lineUps = JSON.createArrayNode();
    ArrayNode offers = JSON.createArrayNode();
    ArrayNode setlists = JSON.createArrayNode();
    Set<String> known = Set.copyOf(batch.former.getOrDefault("show", Map.of()).values());
    List<String> ids = new ArrayList<>();
    for (Group group : batch.groups.getOrDefault("show", List.of())) {
      List<Translated> held = Rows.held(batch, "show", group);
      List<Translated> listings = held.stream().filter(t -> !offer(group, t)).toList();
      if (listings.isEmpty()) {
        continue;
      }
      if (known.contains(group.entity())) {
        ids.add(group.entity()); // It may lose artists and listings.
      }
      ObjectNode row = survivorship.row("show", listings, overrides.get("show " + group.entity()));
      row.put("id", group.entity());
      row.put("run_id", batch.run());
      Rows.externalIds("show", group, row);
      row.put("venue_id", venue(batch, survivorship, listings));
      row.put("headliner_id", lineUp(batch, survivorship, group.entity(), listings, lineUps));
      row.remove(List.of("venue", "artists", "line_up", "setlist"));
      shows.add(row);
      held.stream().filter(t -> offer(group, t)).forEach(t -> offers.add(offerRow(group, t)));
      setlist(batch, survivorship, group.entity(), listings, setlists);
    }
    rows.put("shows", JSON.writeValueAsString(shows));
    rows.put("line_ups", JSON.writeValueAsString(lineUps));
    rows.put("show_ids", ids.toArray(String[]::new));
    rows.put("offers", JSON.writeValueAsString(offers));
    rows.put("tours", JSON.writeValueAsString(tours(shows)));
    rows.put("setlists", JSON.writeValueAsString(setlists));
  }

  private static boolean offer(Group group, Translated t) {
    return group.reasons().get(t.key()).method().equals("offer");
  }

  private static String venue(Batch batch, Survivorship survivorship, List<Translated> listings) {
    return survivorship.ordered("show", "venue", listings).stream()
        .flatMap(
            t ->
                Batch.namedRecords(t, "venue").stream()
                    .map(record -> batch.entity("venue", record)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * The artists of all listings, those of the first in its order before those that only others
   * name; answers the headliner.
   */
  private static String lineUp(
      Batch batch,
      Survivorship survivorship,
      String show,
      List<Translated> listings,
      ArrayNode lineUps) {
    Map<String, Integer> placed = new LinkedHashMap<>();
    int next = 0;
    String headliner = null;
    for (Translated t : survivorship.ordered("show", "artists", listings)) {
      int position = next;
      for (String record : Batch.namedRecords(t, "artist")) {
        String artist = batch.entity("artist", record);
        if (artist != null && placed.putIfAbsent(artist, position) == null) {
          headliner = position == 0 ? artist : headliner;
        }
        position++;
      }
      next = Math.max(next, position);
    }
    placed.forEach(
        (artist, position) ->
            lineUps
                .addObject()
                .put("show_id", show)
                .put("artist_id", artist)
                .put("position", position));
    return headliner;
  }

  private static ObjectNode offerRow(Group group, Translated t) {
    JsonNode entity = t.entity();
    return JSON.createObjectNode()
        .put("show_id", group.entity())
        .put("source", t.record().source())
        .put("source_id", t.record().id())
        .put("name", entity.get("name").asText())
        .put("status", entity.get("status").asText())
        .set("url", entity.get("url"));
  }

  /** One row for each tour that the shows name, by their headliners. */
  private static ArrayNode tours(ArrayNode shows) {
    Map<String, ObjectNode> tours = new LinkedHashMap<>();
    for (JsonNode show : shows) {
      if (show.hasNonNull("tour") && show.hasNonNull("headliner_id")) {
        ObjectNode tour =
            JSON.createObjectNode()
                .put("artist_id", show.get("headliner_id").asText())
                .put("name", show.get("tour").asText());
        tours.putIfAbsent(tour.toString(), tour);
      }
    }
    return JSON.createArrayNode().addAll(tours.values());
  }

  /** What the headliner played, else whoever comes first. */
  private void setlist(
      Batch batch,
      Survivorship survivorship,
      String show,
      List<Translated> listings,
      ArrayNode setlists) {
    String headliner = null;
    Translated chosen = null;
    for (Translated t : survivorship.ordered("show", "setlist", listings)) {
      if (t.entity().path("setlist").isObject()) {
        String artist = artist(batch, t);
        boolean better = chosen == null || headliner == null && artist != null;
        if (better) {
          chosen = t;
          headliner = artist;
        }
      }
    }
    if (chosen == null || headliner == null) {
      return;
    }
    JsonNode played = chosen.entity().get("setlist");
    ObjectNode setlist =
        setlists
            .addObject()
            .put("show_id", show)
            .put("artist_id", headliner)
            .put("source", chosen.record().source())
            .put("known", !played.get("songs").isEmpty());
    setlist.set("url", played.get("url"));
    ArrayNode songs = setlist.putArray("songs");
    for (JsonNode song : played.get("songs")) {
      String title = song.get("title").asText();
      ObjectNode row = songs.addObject();
      row.put("position", songs.size() - 1).put("title", title).put("key", titles.get().of(title));
      row.put("is_song", !song.get("tape").asBoolean() && notSongs.get().allow(title));
      row.put("tape", song.get("tape").asBoolean());
      row.set("set_name", song.get("set"));
      row.put("encore", song.get("encore").isNull() ? null : song.get("encore").intValue());
      row.set("info", song.get("info"));
      JsonNode cover = song.get("cover_of");
      row.put(
          "cover_of",
          cover.isNull() || cover.get("id").isNull()
              ? null
              : batch.entity("artist", chosen.record().source(), cover.get("id").asText()));
    }
  }

  private static String artist(Batch batch, Translated t) {
    return batch.entity(
        "artist", t.record().source(), t.entity().get("setlist").get("artist").asText());
  }
}
