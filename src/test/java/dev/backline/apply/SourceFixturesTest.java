package dev.backline.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backline.Node;
import dev.backline.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded answers of setlist.fm, Bandsintown and Spotify, mapped as {@code ./backline map} does.
 * Skipped where they are not at hand.
 */
class SourceFixturesTest {
  private static final Path RECORDED = Path.of("../shared/fixtures");

  private static Node node;

  @BeforeAll
  static void start() {
    assumeTrue(Files.isDirectory(RECORDED), "recorded answers are not at hand: " + RECORDED);
    node = Node.offline(Settings.load(Path.of("config", "application.properties"), Map.of()));
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "setlistfm,   setlist, setlistfm/artist-setlists-200_page1.json,       20",
    "setlistfm,   setlist, setlistfm/artist-setlists-200_page2.json,       20",
    "setlistfm,   setlist, setlistfm/artist-setlists-5-pearl-jam.json,     5",
    "setlistfm,   setlist, setlistfm/search-setlists-200.json,             20",
    "setlistfm,   setlist, setlistfm/venue-setlists-200.json,              20",
    "setlistfm,   setlist, setlistfm/setlist-200.json,                     1",
    "setlistfm,   setlist, setlistfm/setlist-version-200.json,             1",
    "setlistfm,   artist,  setlistfm/artist-200.json,                      1",
    "setlistfm,   artist,  setlistfm/search-artists-200.json,              1",
    "setlistfm,   artist,  setlistfm/search-artists-artist_name.json,      30",
    "setlistfm,   artist,  setlistfm/search-artists-artist_tmid.json,      3",
    "setlistfm,   artist,  setlistfm/search-artists-p.json,                30",
    "setlistfm,   venue,   setlistfm/search-venues-200.json,               30",
    "setlistfm,   venue,   setlistfm/venue-200.json,                       1",
    "bandsintown, artist,  bandsintown/artists-john.json,                  1",
    "bandsintown, artist,  bandsintown/artists-jojo.json,                  1",
    "bandsintown, event,   bandsintown/artists-john-events.json,           2",
    "bandsintown, event,   bandsintown/artists-jojo-events.json,           6",
    "spotify,     artist,  spotify/artist.json,                            1",
    "spotify,     artist,  spotify/search-artist.json,                     1",
    "spotify,     album,   spotify/album.json,                             1",
    "spotify,     track,   spotify/album-tracks.json,                      5",
    "spotify,     track,   spotify/artist-top-tracks.json,                 10",
    "spotify,     track,   spotify/search-track-12.json,                   12",
    "spotify,     track,   spotify/track.json,                             1",
    "spotify,     track,   spotify/track-numbers-as-floats.json,           1"
  })
  void recordedAnswer_isMappedToTheLastRecord(String source, String kind, String file, int records)
      throws IOException {
    List<?> results =
        node.call(
            "map",
            Files.readAllBytes(RECORDED.resolve(file)),
            Map.of("source", source, "kind", kind),
            List.class);

    assertThat(results.stream().map(Translated.class::cast).filter(result -> !result.isApplied()))
        .extracting(result -> result.record().id() + ": " + result.reason())
        .isEmpty();
    assertThat(results)
        .extracting(result -> ((Translated) result).record().kind())
        .filteredOn(kind::equals)
        .hasSize(records);
  }
}
