package dev.backline.songs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the rows of {@code upsert-recordings.sql} from canonical releases and recordings ({@code
 * routes/entities/album.schema.json}, {@code song.schema.json}). A track of a release and a
 * recording by itself are the same thing; where both are there, what one of them does not tell the
 * other does.
 */
public final class SongRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALBUM = "album";

  private final Supplier<VersionRules> rules;

  /**
   * @param rules those in force; they may be replaced between two batches
   */
  public SongRows(Supplier<VersionRules> rules) {
    this.rules = rules;
  }

  /**
   * A canonical album or song.
   *
   * @param id the source's id of its record
   */
  public record Entity(String id, JsonNode entity) {
    boolean isAlbum() {
      return entity.path("entity").asText().equals(ALBUM);
    }
  }

  /**
   * Parameters of the route {@code store-songs}: {@code recordings} as JSON, ordered by id, and the
   * {@code artist_ids} whose songs are to be worked out.
   *
   * @param artistOf the source's id of an artist → id in the catalogue, null where it is not known.
   *     A recording belongs to the first of its artists that is; one without such an artist is left
   *     out
   */
  public Map<String, Object> of(
      String source, List<Entity> entities, Function<String, String> artistOf)
      throws JsonProcessingException {
    Map<String, ObjectNode> recordings = new TreeMap<>();
    List<Entity> albumsFirst = new ArrayList<>(entities);
    albumsFirst.sort(
        Comparator.comparing((Entity entity) -> !entity.isAlbum()).thenComparing(Entity::id));
    for (Entity one : albumsFirst) {
      if (one.isAlbum()) {
        one.entity()
            .path("tracks")
            .forEach(track -> merge(recordings, track.path("id").asText(), onAlbum(track, one)));
      } else {
        merge(recordings, one.id(), one.entity());
      }
    }
    VersionRules inForce = rules.get();
    TitleKey keys = new TitleKey(inForce);
    Recordings kinds = new Recordings(inForce);
    ArrayNode rows = JSON.createArrayNode();
    Set<String> artists = new TreeSet<>();
    recordings.forEach(
        (id, recording) -> {
          String artist = artist(recording, artistOf);
          if (artist != null) {
            artists.add(artist);
            rows.add(
                row(recording, keys, kinds)
                    .put("artist_id", artist)
                    .put("source", source)
                    .put("source_id", id));
          }
        });
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("recordings", JSON.writeValueAsString(rows));
    parameters.put("artist_ids", artists.toArray(String[]::new));
    return parameters;
  }

  /** A track as the recording it is, with what its release says. */
  private static ObjectNode onAlbum(JsonNode track, Entity album) {
    JsonNode release = album.entity();
    ObjectNode recording = JSON.createObjectNode();
    recording.setAll((ObjectNode) track);
    if (recording.path("artists").isEmpty()) {
      recording.set("artists", release.path("artists"));
    }
    recording.set("album", release.path("name"));
    recording.set("album_type", release.path("type"));
    recording.set("released_on", release.path("released_on"));
    return recording;
  }

  private static void merge(Map<String, ObjectNode> recordings, String id, JsonNode more) {
    ObjectNode known = recordings.computeIfAbsent(id, key -> JSON.createObjectNode());
    more.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
                known.set(field.getKey(), value);
              }
            });
  }

  private static String artist(JsonNode recording, Function<String, String> artistOf) {
    for (JsonNode id : recording.path("artists")) {
      String artist = artistOf.apply(id.asText());
      if (artist != null) {
        return artist;
      }
    }
    return null;
  }

  private static ObjectNode row(JsonNode recording, TitleKey keys, Recordings kinds) {
    String title = recording.get("title").asText();
    Recordings.Judged judged =
        kinds.classify(
            title, recording.path("album").asText(null), recording.path("album_type").asText(null));
    ObjectNode row =
        JSON.createObjectNode()
            .put("title", title)
            .put("song_title", keys.song(title))
            .put("title_key", keys.of(title))
            .put("kind", judged.kind().text())
            .put("score", judged.score());
    for (String field :
        List.of("isrc", "duration_ms", "album", "album_type", "released_on", "popularity")) {
      JsonNode value = recording.path(field);
      if (value.isNumber()) {
        row.put(field, value.longValue()); // A source may write 215000.0.
      } else {
        row.set(field, value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value);
      }
    }
    return row;
  }
}
