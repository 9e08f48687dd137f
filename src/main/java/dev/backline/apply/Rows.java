package dev.backline.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.Settings;
import dev.backline.identity.Group;
import dev.backline.identity.Member;
import dev.backline.land.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes a resolved batch as the rows that its SQL statements take, parents before children. */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> EXTERNAL_IDS =
      List.of("ticketmaster", "bandsintown", "setlistfm");

  private final Settings settings;
  private final Ids ids;

  Rows(Settings settings, Clock clock) {
    this.settings = settings;
    this.ids = new Ids(clock);
  }

  /** The ids of an artist that other catalogues vouch for. */
  static Set<String> trustedIds(JsonNode artist) {
    Set<String> trusted = new TreeSet<>();
    if (artist.hasNonNull("mbid")) {
      trusted.add("mbid:" + artist.get("mbid").asText());
    }
    if (artist.hasNonNull("spotify_id")) {
      trusted.add("spotify:" + artist.get("spotify_id").asText());
    }
    return trusted;
  }

  Map<String, Object> of(Batch batch, List<Translated> wantedArtists)
      throws JsonProcessingException {
    Map<String, Object> rows = new LinkedHashMap<>();
    ArrayNode links = JSON.createArrayNode();
    artists(batch, rows, links);
    venues(batch, rows, links);
    shows(batch, rows, links);
    rows.put("links", JSON.writeValueAsString(links));
    marks(batch, new HashSet<>(wantedArtists), rows);
    return rows;
  }

  private void artists(Batch batch, Map<String, Object> rows, ArrayNode links)
      throws JsonProcessingException {
    ArrayNode artists = JSON.createArrayNode();
    ArrayNode keys = JSON.createArrayNode();
    ArrayNode merges = JSON.createArrayNode();
    List<Member> keyed = new ArrayList<>();
    Set<String> divided = new TreeSet<>();
    Map<String, String> spotifyOwners = new TreeMap<>();
    Map<String, String> movedTo = new TreeMap<>();
    for (Group group : batch.artists) {
      String entity = group.entity() == null ? ids.next() : group.entity();
      ObjectNode row = artist(batch, group, entity);
      if (row == null) {
        continue;
      }
      String spotify = row.path("spotify_id").asText("");
      if (!spotify.isEmpty() && spotifyOwners.putIfAbsent(spotify, entity) != null) {
        row.putNull("spotify_id"); // Two artists claim it; the one that comes first keeps it.
      }
      artists.add(row);
      for (Member member : group.members()) {
        String key = member.source() + ' ' + member.id();
        if (member.source().equals(batch.source)) {
          batch.entities.put(Batch.key("artist", member.id()), entity);
        }
        ObjectNode link =
            link(links, "artist", member.source(), member.id(), entity, group.method());
        if (group.members().size() > 1) {
          member.trustedIds().forEach(link.putArray("evidence")::add);
        }
        keyed.add(member);
        member
            .trustedIds()
            .forEach(
                id ->
                    keys.addObject()
                        .put("source", member.source())
                        .put("source_id", member.id())
                        .put("key", id));
        String former = batch.formerArtists.get(key);
        if (former != null && !former.equals(entity)) {
          movedTo.put(former, entity);
        }
      }
    }
    Set<String> living = new HashSet<>();
    batch.artists.forEach(group -> living.add(String.valueOf(group.entity())));
    movedTo.forEach(
        (former, entity) -> {
          if (living.contains(former)) {
            divided.add(former);
          } else {
            merges.addObject().put("keep", entity).put("gone", former);
          }
        });
    rows.put("artists", JSON.writeValueAsString(artists));
    rows.put("keys", JSON.writeValueAsString(keys));
    rows.put("keyed_sources", keyed.stream().map(Member::source).toArray(String[]::new));
    rows.put("keyed_ids", keyed.stream().map(Member::id).toArray(String[]::new));
    rows.put("merges", JSON.writeValueAsString(merges));
    rows.put("divided", divided.toArray(String[]::new));
    rows.put("show_kinds", new String[] {settings.find(batch.source + ".show-records").orElse("")});
  }

  /**
   * Values of an artist: for each field the first member, in the order of their keys, that has it.
   */
  private static ObjectNode artist(Batch batch, Group group, String entity) {
    ObjectNode row = JSON.createObjectNode();
    for (Member member : group.members()) {
      Translated held = batch.artist(member.source(), member.id());
      if (held == null) {
        continue;
      }
      held.entity()
          .properties()
          .forEach(
              field -> {
                JsonNode present = row.get(field.getKey());
                boolean empty =
                    present == null || present.isNull() || (present.isArray() && present.isEmpty());
                if (empty) {
                  row.set(field.getKey(), field.getValue());
                }
              });
      String column = member.source() + "_id";
      if (EXTERNAL_IDS.contains(member.source()) && !row.hasNonNull(column)) {
        row.put(column, member.id());
      }
    }
    if (row.isEmpty()) {
      return null;
    }
    row.put("id", entity);
    return row;
  }

  private void venues(Batch batch, Map<String, Object> rows, ArrayNode links)
      throws JsonProcessingException {
    ArrayNode venues = JSON.createArrayNode();
    for (Translated venue : batch.entitiesOf("venue")) {
      venues.add(own(batch, venue, "venue", links));
    }
    rows.put("venues", JSON.writeValueAsString(venues));
  }

  /** A row whose entity is known by the record's own id alone. */
  private ObjectNode own(Batch batch, Translated t, String entityKind, ArrayNode links) {
    SourceRecord record = t.record();
    String entity =
        batch.entities.computeIfAbsent(Batch.key(entityKind, record.id()), k -> ids.next());
    ObjectNode row = JSON.createObjectNode().setAll((ObjectNode) t.entity());
    row.put("id", entity);
    if (EXTERNAL_IDS.contains(record.source())) {
      row.put(record.source() + "_id", record.id());
    }
    link(links, entityKind, record.source(), record.id(), entity, "source-id");
    return row;
  }

  private void shows(Batch batch, Map<String, Object> rows, ArrayNode links)
      throws JsonProcessingException {
    ArrayNode shows = JSON.createArrayNode();
    ArrayNode lineUps = JSON.createArrayNode();
    List<String> showIds = new ArrayList<>();
    for (Translated show : batch.entitiesOf("show")) {
      ObjectNode row = own(batch, show, "show", links);
      String id = row.get("id").asText();
      showIds.add(id);
      JsonNode venue = row.remove("venue");
      row.put(
          "venue_id",
          venue == null ? null : batch.entities.get(Batch.key("venue", venue.asText(""))));
      JsonNode billing = row.remove("artists");
      Set<String> placed = new LinkedHashSet<>();
      String headliner = null;
      for (int position = 0; billing != null && position < billing.size(); position++) {
        String artist = batch.entities.get(Batch.key("artist", billing.get(position).asText()));
        if (artist != null && placed.add(artist)) {
          lineUps.addObject().put("show_id", id).put("artist_id", artist).put("position", position);
          headliner = position == 0 ? artist : headliner;
        }
      }
      row.put("headliner_id", headliner);
      shows.add(row);
    }
    rows.put("shows", JSON.writeValueAsString(shows));
    rows.put("line_ups", JSON.writeValueAsString(lineUps));
    rows.put("show_ids", showIds.toArray(String[]::new));
  }

  private static ObjectNode link(
      ArrayNode links, String kind, String source, String id, String entity, String method) {
    return links
        .addObject()
        .put("entity_kind", kind)
        .put("source", source)
        .put("source_id", id)
        .put("entity_id", entity)
        .put("method", method);
  }

  /**
   * End states of the claimed records, of skipped parents that a listing has now named, and
   * letters.
   */
  private void marks(Batch batch, Set<Translated> wantedArtists, Map<String, Object> rows)
      throws JsonProcessingException {
    List<Translated> marked = new ArrayList<>();
    for (Translated t : batch.claimed) {
      boolean unwanted =
          t.isApplied() && t.entityKind().equals("artist") && !wantedArtists.contains(t);
      marked.add(unwanted ? Translated.skipped(t.record(), "not-music") : t);
    }
    batch.companions.stream()
        .filter(t -> t.record().source().equals(batch.source))
        .forEach(marked::add);
    rows.put(
        "marked_sources", marked.stream().map(t -> t.record().source()).toArray(String[]::new));
    rows.put("marked_kinds", marked.stream().map(t -> t.record().kind()).toArray(String[]::new));
    rows.put("marked_ids", marked.stream().map(t -> t.record().id()).toArray(String[]::new));
    rows.put(
        "marked_fingerprints",
        marked.stream().map(t -> t.record().fingerprint()).toArray(byte[][]::new));
    rows.put("states", marked.stream().map(Translated::state).toArray(String[]::new));
    rows.put("errors", marked.stream().map(Translated::reason).toArray(String[]::new));
    rows.put("letters", letters(marked));
  }

  /** Dead letters of the dead among some records, as {@code bury-records.sql} takes them. */
  String letters(List<Translated> records) throws JsonProcessingException {
    ArrayNode letters = JSON.createArrayNode();
    for (Translated t : records) {
      if (t.state().equals(Translated.DEAD)) {
        SourceRecord record = t.record();
        String payload = new String(record.raw(), StandardCharsets.UTF_8).replace("\u0000", "");
        letters
            .addObject()
            .put("route", t.cause().startsWith("mapping:") ? "translate" : "apply-transaction")
            .put("source", record.source())
            .put("kind", record.kind())
            .put("id", record.id())
            .put("entity", entityKind(record))
            .put("cause", t.cause())
            .put("error", settings.redact(t.reason()))
            .put("payload", settings.redact(payload));
      }
    }
    return JSON.writeValueAsString(letters);
  }

  /** What the catalogue makes of records of this kind; null where the settings do not say. */
  private String entityKind(SourceRecord record) {
    for (String kind : List.of("artist", "venue", "show")) {
      if (settings
          .find(record.source() + "." + kind + "-records")
          .filter(record.kind()::equals)
          .isPresent()) {
        return kind;
      }
    }
    return null;
  }
}
