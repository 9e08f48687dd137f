package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the sandbox serves has every field of recorded answers, with the type it has there. Skipped
 * where the recorded answers are not at hand.
 */
class SpotifyFixturesTest {
  private static final Path RECORDED =
      Path.of(System.getProperty("shared", "../shared"), "fixtures", "spotify");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Sandbox sandbox;
  private static SpotifyClient spotify;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Files.isDirectory(RECORDED), "recorded answers are not at hand: " + RECORDED);
    sandbox = Sandbox.start(Sandbox.Options.of(31, 40));
    spotify = new SpotifyClient(sandbox);
    new Client(sandbox).post("world/spotify?regime=extended");
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "artist.json, artists/ARTIST",
    "artist-albums.json, artists/ARTIST/albums?limit=5",
    "artist-top-tracks.json, artists/ARTIST/top-tracks",
    "album.json, albums/ALBUM",
    "album-tracks.json, albums/ALBUM/tracks?limit=5",
    "track.json, tracks/TRACK",
    "track-numbers-as-floats.json, tracks/TRACK",
    "'tracks-null-entry.json', 'tracks?ids=TRACK,4aawyAB9vmqN3uQ7FjRGTy'",
    "search-artist.json, search?type=artist&q=a",
    "search-album.json, search?type=album&q=a",
    "search-track-12.json, search?type=track&q=a"
  })
  void everyRecordedField_isServed(String file, String call) throws IOException {
    JsonNode recorded = JSON.readTree(RECORDED.resolve(file).toFile());
    List<String> missing = new ArrayList<>();
    missing(recorded, spotify.json(filled(call)), "", missing);
    assertThat(missing).isEmpty();
  }

  @Test
  void token_isAsRecorded() throws IOException {
    List<String> missing = new ArrayList<>();
    missing(
        JSON.readTree(RECORDED.resolve("token.json").toFile()),
        Client.json(spotify.token("id:secret", "grant_type=client_credentials")),
        "",
        missing);
    missing(
        JSON.readTree(RECORDED.resolve("token-error-invalid-client.json").toFile()),
        Client.json(spotify.token("id:wrong-secret", "grant_type=client_credentials")),
        "",
        missing);
    assertThat(missing).isEmpty();
  }

  private static String filled(String call) {
    Release release = sandbox.releases().of(0).get(0);
    return call.replace("ARTIST", sandbox.releases().artists().of(0).id())
        .replace("ALBUM", release.id())
        .replace("TRACK", release.tracks().get(0).id());
  }

  /** Adds the paths that are in the one and are not, or are of another type, in the other. */
  private static void missing(JsonNode recorded, JsonNode served, String at, List<String> missing) {
    if (served == null) {
      missing.add(at);
    } else if (recorded.isObject()) {
      recorded
          .properties()
          .forEach(
              field ->
                  missing(
                      field.getValue(),
                      served.get(field.getKey()),
                      at + "/" + field.getKey(),
                      missing));
    } else if (recorded.isArray() && !recorded.isEmpty() && !served.isEmpty()) {
      missing(recorded.get(0), served.get(0), at + "/0", missing);
    } else if (!recorded.isNull()
        && !served.isNull()
        && recorded.getNodeType() != served.getNodeType()) {
      missing.add(at + " is a " + served.getNodeType());
    }
  }
}
