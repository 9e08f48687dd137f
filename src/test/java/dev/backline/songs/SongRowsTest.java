package dev.backline.songs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Canonical releases and recordings as rows. */
class SongRowsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> ARTISTS = Map.of("ada", "A", "bo", "B");

  private static final String ALBUM =
      """
      {"entity": "album", "name": "First (Deluxe)", "artists": ["ada"], "type": "album", "released_on": "1999-01-01",
       "total_tracks": 3, "tracks": [
        {"id": "t1", "title": "One - 2011 Remaster", "artists": ["ada"], "isrc": null, "duration_ms": 1000, "track_number": 1},
        {"id": "t2", "title": "Two (Live)", "artists": ["cy", "bo"], "isrc": null, "duration_ms": null, "track_number": 2},
        {"id": "t3", "title": "Three", "artists": ["cy"], "isrc": null, "duration_ms": 1000, "track_number": 3},
        {"id": "t4", "title": "Four", "artists": [], "isrc": null, "duration_ms": 1000, "track_number": 4}]}
      """;

  private static final String SONG =
      """
      {"entity": "song", "title": "One - 2011 Remaster", "artists": ["ada"], "album": "First (Deluxe)",
       "album_type": "album", "released_on": null, "isrc": "GBAYE9900001", "duration_ms": 1000, "popularity": 70,
       "track_number": 1}
      """;

  private final SongRows rows = new SongRows(Rules::shipped);

  private static SongRows.Entity entity(String id, String json) throws IOException {
    return new SongRows.Entity(id, JSON.readTree(json));
  }

  private JsonNode recordings(SongRows.Entity... entities) throws IOException {
    Object json = rows.of("spotify", List.of(entities), ARTISTS::get).get("recordings");
    return JSON.readTree((String) json);
  }

  @Test
  void tracksOfARelease_becomeRecordings() throws IOException {
    JsonNode first = recordings(entity("a1", ALBUM)).get(0);
    assertThat(first)
        .isEqualTo(
            JSON.readTree(
                """
                {"title": "One - 2011 Remaster", "song_title": "One", "title_key": "one", "kind": "reissue",
                 "score": %s, "isrc": null, "duration_ms": 1000, "album": "First (Deluxe)", "album_type": "album",
                 "released_on": "1999-01-01", "popularity": null, "artist_id": "A", "source": "spotify",
                 "source_id": "t1"}
                """
                    .formatted(first.get("score"))));
  }

  @Test
  void recording_belongsToTheFirstOfItsArtistsThatIsKnown() throws IOException {
    JsonNode recordings = recordings(entity("a1", ALBUM));
    assertThat(recordings.findValuesAsText("source_id")).containsExactly("t1", "t2", "t4");
    assertThat(recordings.findValuesAsText("artist_id")).containsExactly("A", "B", "A");
    assertThat(rows.of("spotify", List.of(entity("a1", ALBUM)), ARTISTS::get).get("artist_ids"))
        .isEqualTo(new String[] {"A", "B"});
  }

  @Test
  void trackThatIsAlsoARecordOfItsOwn_isOneRowWithWhatBothTell() throws IOException {
    JsonNode one = recordings(entity("t1", SONG), entity("a1", ALBUM));
    assertThat(one).isEqualTo(recordings(entity("a1", ALBUM), entity("t1", SONG))).hasSize(3);
    assertThat(one.get(0).get("isrc").asText()).isEqualTo("GBAYE9900001");
    assertThat(one.get(0).get("popularity").asInt()).isEqualTo(70);
    assertThat(one.get(0).get("released_on").asText()).isEqualTo("1999-01-01");
  }

  @Test
  void batchWithoutSongs_givesNoRows() throws IOException {
    assertThat(rows.of("spotify", List.of(), ARTISTS::get))
        .containsEntry("recordings", "[]")
        .containsEntry("artist_ids", new String[0]);
  }
}
