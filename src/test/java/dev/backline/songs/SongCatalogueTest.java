package dev.backline.songs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An artist's songs as a function of their recordings (S49, S88, S90): the real route and
 * statements over PostgreSQL, with three songs kept for each artist.
 */
class SongCatalogueTest {
  private static final String ADA = "00000000-0000-4000-8000-000000000001";
  private static final String BO = "00000000-0000-4000-8000-000000000002";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestNode node;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            Postgres.create(), URI.create("http://127.0.0.1:9/"), Map.of("songs.per-artist", "3"));
    jdbc = node.jdbc();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void twoArtists() {
    jdbc.execute("truncate artists, shows cascade");
    jdbc.update("insert into artists (id, name) values (?::uuid, 'Ada'), (?::uuid, 'Bo')", ADA, BO);
  }

  /**
   * A recording of Ada as SongRows gives it: an id of 22 characters, and what a test says of it.
   */
  private static ObjectNode recording(String id, String title, String kind) {
    ObjectNode row = JSON.createObjectNode();
    row.put("artist_id", ADA).put("source", "spotify").put("source_id", id(id));
    row.put("title", title)
        .put("song_title", title)
        .put("title_key", title.toLowerCase(Locale.ROOT));
    row.put("kind", kind).put("score", 0.9).put("duration_ms", 1000);
    return row.put("album", "First").put("album_type", "album").put("released_on", "2001-01-01");
  }

  private static String id(String id) {
    return id + "0".repeat(22 - id.length());
  }

  private static void store(ObjectNode... recordings) {
    store(Arrays.asList(recordings));
  }

  private static void store(List<ObjectNode> recordings) {
    ArrayNode rows = JSON.createArrayNode().addAll(recordings);
    String[] artists =
        recordings.stream().map(r -> r.get("artist_id").asText()).distinct().toArray(String[]::new);
    try {
      Map<String, Object> body =
          Map.of("recordings", JSON.writeValueAsString(rows), "artist_ids", artists);
      node.node().call("store-songs", body, Map.of(), Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Columns of Ada's songs by title, one line a song. */
  private static List<String> songs(String columns) {
    return jdbc.queryForList(
        "select concat_ws(' ', "
            + columns
            + ") from songs s where artist_id = ?::uuid"
            + " order by normalized_title collate \"C\"",
        String.class,
        ADA);
  }

  /** A song that a played setlist names; answers its id. */
  private static String playedSong(String title, String source) {
    String song =
        jdbc.queryForObject(
            "insert into songs (id, artist_id, title, normalized_title, source)"
                + " values (gen_random_uuid(), ?::uuid, ?, lower(?), ?)"
                + " on conflict (artist_id, normalized_title) do update set title = excluded.title"
                + " returning id::text",
            String.class,
            ADA,
            title,
            title,
            source);
    jdbc.update(
        "with show as (insert into shows (id, name, status) values (gen_random_uuid(), 'x', 'on_sale') returning id),"
            + " setlist as (insert into setlists (id, show_id, kind) select gen_random_uuid(), id, 'played' from show"
            + "  returning id)"
            + " insert into setlist_songs (id, setlist_id, song_id, position)"
            + " select gen_random_uuid(), id, ?::uuid, 0 from setlist",
        song);
    return song;
  }

  private static String statement(String name) {
    try {
      return Files.readString(Path.of("routes", "sql", name + ".sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // --- One song for each key --------------------------------------------------------------------

  @Test
  void recordingsOfOneKey_areOneSongShownByTheStudioRecording() {
    store(
        recording("a", "One", "reissue").put("released_on", "1999-01-01"),
        recording("b", "One", "studio").put("isrc", "GBAYE0100001"),
        recording("c", "One", "live").put("released_on", "1998-01-01"));
    assertThat(songs("title, spotify_id, isrc, duration_ms, album, released_on, source"))
        .containsExactly("One " + id("b") + " GBAYE0100001 1000 First 2001-01-01 catalogue");
    assertThat(node.count("song_recordings where song_id = (select id from songs)")).isEqualTo(3);
  }

  @Test
  void shownRecording_isTheEarliestThenOfAnAlbumThenTheFirstById() {
    store(
        recording("b", "One", "studio").put("album_type", "single"),
        recording("c", "One", "studio"),
        recording("d", "One", "studio"),
        recording("a", "One", "studio").put("album_type", "compilation"),
        recording("e", "Two", "studio"),
        recording("f", "Two", "studio")
            .put("released_on", "2000-01-01")
            .put("album_type", "single"));
    assertThat(songs("title, spotify_id")).containsExactly("One " + id("c"), "Two " + id("f"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "live",
        "acoustic",
        "demo",
        "remix",
        "edit",
        "instrumental",
        "karaoke",
        "alternate",
        "spoken"
      })
  void keyWithoutARecordingThatMayBeShown_isNoSong(String kind) {
    store(recording("a", "One", kind), recording("b", "Two", "reissue"));
    assertThat(songs("title")).containsExactly("Two");
    assertThat(node.count("song_recordings where song_id is null")).isEqualTo(1);
  }

  @Test
  void songThatOnlyAReissueShows_isCalledByItsPlainTitle() {
    store(recording("a", "One", "reissue").put("title", "One - 2011 Remaster"));
    assertThat(songs("title, spotify_id")).containsExactly("One " + id("a"));
  }

  // --- The limit --------------------------------------------------------------------------------

  @Test
  void artist_keepsTheMostPopularThenThoseOnMoreReleasesThenTheEarliest() {
    List<ObjectNode> all =
        List.of(
            recording("a", "Early", "studio").put("released_on", "1990-01-01"),
            recording("b", "Popular", "studio").put("popularity", 80),
            recording("c", "Often", "studio"),
            recording("d", "Often", "live").put("album", "Second"),
            recording("e", "Late", "studio"),
            recording("f", "Less popular", "studio").put("popularity", 10));
    store(all);
    assertThat(songs("title")).containsExactly("Less popular", "Often", "Popular");
    store(recording("e", "Late", "studio").put("popularity", 20));
    assertThat(songs("title")).containsExactly("Late", "Less popular", "Popular");
    assertThat(node.count("song_recordings where song_id is null")).isEqualTo(3);
  }

  @Test
  void limit_isOfEachArtist() {
    List<ObjectNode> all = new ArrayList<>();
    for (String title : List.of("A", "B", "C", "D")) {
      all.add(recording("a" + title, title, "studio"));
      all.add(recording("b" + title, title, "studio").put("artist_id", BO));
    }
    store(all);
    assertThat(songs("title")).containsExactly("A", "B", "C");
    assertThat(node.count("songs")).isEqualTo(6);
  }

  // --- Setlists ---------------------------------------------------------------------------------

  @Test
  void songOfASetlist_isFilledInsteadOfDoubled() {
    String one = playedSong("one", "setlist");
    store(recording("a", "One", "studio").put("isrc", "GBAYE0100001").put("popularity", 5));
    assertThat(songs("id, title, spotify_id, isrc, duration_ms, popularity, source"))
        .containsExactly(one + " One " + id("a") + " GBAYE0100001 1000 5 catalogue");
  }

  @Test
  void songOfASetlist_staysBesideTheLimitAndWithoutRecordings() {
    playedSong("Rare", "setlist");
    playedSong("Jam", "setlist");
    store(
        recording("a", "A", "studio").put("popularity", 9),
        recording("b", "B", "studio").put("popularity", 8),
        recording("c", "C", "studio").put("popularity", 7),
        recording("d", "D", "studio").put("popularity", 6),
        recording("r", "Rare", "studio"));
    assertThat(songs("title, spotify_id"))
        .containsExactly("A " + id("a"), "B " + id("b"), "C " + id("c"), "Jam", "Rare " + id("r"));
  }

  @Test
  void songOfTheCatalogueThatASetlistNames_isNotDeletedAndTheOtherIs() {
    store(recording("a", "One", "studio"), recording("b", "Two", "studio"));
    String one = playedSong("One", "catalogue");
    store(recording("a", "One", "live"), recording("b", "Two", "live"));
    assertThat(songs("id, title, spotify_id, duration_ms")).containsExactly(one + " One");
    assertThat(node.count("setlist_songs")).isEqualTo(1);
    assertThat(node.count("song_recordings where song_id is not null")).isEqualTo(1);
  }

  @Test
  void catalogueThatCameBeforeTheSetlist_leavesTheSameSongs() {
    store(recording("a", "One", "studio"), recording("b", "Two", "live"));
    playedSong("Two", "setlist");
    store(recording("a", "One", "studio"), recording("b", "Two", "live"));
    List<String> before = songs("title, spotify_id, duration_ms");
    twoArtists();
    playedSong("Two", "setlist");
    store(recording("a", "One", "studio"), recording("b", "Two", "live"));
    assertThat(songs("title, spotify_id, duration_ms")).isEqualTo(before).hasSize(2);
  }

  // --- The same again ---------------------------------------------------------------------------

  private static List<ObjectNode> manyRecordings() {
    List<ObjectNode> all = new ArrayList<>();
    String[] kinds = {"studio", "reissue", "live", "studio", "remix"};
    String[] types = {"album", "single", "compilation"};
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      ObjectNode row = recording("r" + i + "x", "Song " + random.nextInt(8), kinds[i % 5]);
      row.put("released_on", "200" + random.nextInt(4) + "-01-01");
      row.put("album_type", types[random.nextInt(3)]).put("album", "Album " + random.nextInt(5));
      if (random.nextInt(3) == 0) {
        row.put("popularity", random.nextInt(4));
      }
      all.add(row);
    }
    return all;
  }

  private static List<String> everything() {
    List<String> rows =
        new ArrayList<>(
            songs("title, spotify_id, isrc, duration_ms, popularity, album, released_on, source"));
    rows.addAll(
        jdbc.queryForList(
            "select concat_ws(' ', r.source_id, r.kind, r.popularity, s.title) from song_recordings r"
                + " left join songs s on s.id = r.song_id order by r.source_id",
            String.class));
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void songs_areTheSameInWhateverOrderRecordingsCame(int seed) {
    List<ObjectNode> all = manyRecordings();
    store(all);
    List<String> expected = everything();
    twoArtists();
    List<ObjectNode> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(seed));
    for (int from = 0; from < shuffled.size(); from += 7) {
      store(shuffled.subList(from, Math.min(from + 7, shuffled.size())));
    }
    assertThat(everything()).isEqualTo(expected).hasSize(43);
  }

  @Test
  void secondRun_writesNothing() {
    playedSong("Song 1", "setlist");
    playedSong("Jam", "setlist");
    store(manyRecordings());
    String versions =
        "select string_agg(id || ' ' || ctid || ' ' || xmin, ',' order by id) from (select id, ctid, xmin from songs"
            + " union all select id, ctid, xmin from song_recordings) as rows";
    String before = jdbc.queryForObject(versions, String.class);
    store(manyRecordings());
    assertThat(jdbc.queryForObject(versions, String.class)).isEqualTo(before);
  }

  @Test
  void whatWasKnownOnce_isNotBlankedAndANewValueIsTaken() {
    store(recording("a", "One", "studio").put("isrc", "GBAYE0100001").put("popularity", 5));
    store(recording("a", "One", "studio").put("duration_ms", 2000));
    assertThat(songs("isrc, popularity, duration_ms")).containsExactly("GBAYE0100001 5 2000");
    store(recording("a", "One", "studio").put("isrc", "GBAYE0100002").put("popularity", 0));
    assertThat(songs("isrc, popularity, duration_ms")).containsExactly("GBAYE0100002 0 1000");
  }

  @Test
  void recordingThatMovesToAnotherArtist_takesItsSongAlong() {
    store(recording("a", "One", "studio"), recording("b", "Two", "studio"));
    store(recording("a", "One", "studio").put("artist_id", BO));
    assertThat(songs("title")).containsExactly("Two");
    assertThat(node.count("songs where artist_id = '" + BO + "'")).isEqualTo(1);
  }

  @Test
  void artistThatGoesIntoAnother_leavesItsRecordings() {
    store(recording("a", "One", "studio").put("artist_id", BO), recording("b", "Two", "studio"));
    String merge =
        statement("merge-artists")
            .replace(
                ":?artist_merges", "'[{\"keep\": \"%s\", \"gone\": \"%s\"}]'".formatted(ADA, BO));
    jdbc.update(merge);
    store(recording("b", "Two", "studio"));
    assertThat(songs("title")).containsExactly("One", "Two");
    assertThat(node.count("song_recordings where artist_id = '" + ADA + "'")).isEqualTo(2);
  }

  // --- Counts -----------------------------------------------------------------------------------

  @Test
  void counts_addUpToTheTracks() {
    store(
        recording("a", "One", "studio"),
        recording("b", "One", "reissue").put("album", "Second"),
        recording("c", "One", "live").put("album", "Third"),
        recording("d", "Two", "studio"),
        recording("e", "Three", "demo"),
        recording("f", "Four", "studio"),
        recording("g", "Five", "studio"));
    Map<?, ?> counts =
        jdbc.queryForMap(statement("catalogue-counts").replace(":?artist_id", "'" + ADA + "'"));
    assertThat(counts.toString())
        .isEqualTo(
            "{tracks=7, totalSongs=3, totalAlbums=3, skippedLiveTracks=2, deduplicatedTracks=1,"
                + " songsOverLimit=1}");
  }
}
