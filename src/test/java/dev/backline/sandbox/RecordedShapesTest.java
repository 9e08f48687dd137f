package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The answers have the fields and types of recorded answers of the real APIs, no others. Skipped
 * where those are not at hand.
 */
class RecordedShapesTest {
  private static final Path RECORDED = Path.of("../shared/fixtures");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fields of 2017 that newer answers do not have. */
  private static final Set<String> GONE = Set.of("tmid", "lastFmEventId");

  private static Sandbox sandbox;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Files.isDirectory(RECORDED), "recorded answers are not at hand: " + RECORDED);
    sandbox = Sandbox.start(Sandbox.Options.of(4, 300));
    client = new Client(sandbox);
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @Test
  void setlists_haveTheShapeOfRecordedOnes() throws IOException {
    Map<String, Set<String>> recorded = new TreeMap<>();
    for (String file :
        new String[] {
          "artist-setlists-200_page1",
          "artist-setlists-200_page2",
          "artist-setlists-5-pearl-jam",
          "search-setlists-200",
          "venue-setlists-200"
        }) {
      note(recorded, "", recorded("setlistfm/" + file));
    }
    Map<String, Set<String>> served = new TreeMap<>();
    for (int page = 1; page <= 40; page++) {
      note(served, "", Client.json(client.setlistfm("search/setlists", "p=" + page)));
    }
    assertThat(served).isEqualTo(recorded);
  }

  @Test
  void artistsAndVenues_haveTheShapeOfRecordedOnes() throws IOException {
    Map<String, Set<String>> recorded = new TreeMap<>();
    note(recorded, "", recorded("setlistfm/search-artists-200"));
    JsonNode artists = Client.json(client.setlistfm("search/artists", ""));
    Map<String, Set<String>> served = new TreeMap<>();
    note(served, "", artists);
    assertThat(served).isEqualTo(recorded);
    assertThat(fields(Client.json(setlist("/artist/mbid", "artist/"))))
        .isEqualTo(fields(recorded("setlistfm/artist-200")));
    assertThat(fields(Client.json(setlist("/venue/id", "venue/"))))
        .isEqualTo(fields(recorded("setlistfm/venue-200")));
  }

  @Test
  void artistOfBandsintown_hasTheShapeOfRecordedOnes() throws IOException {
    Map<String, Set<String>> recorded = new TreeMap<>();
    note(recorded, "", recorded("bandsintown/artists-john"));
    note(recorded, "", recorded("bandsintown/artists-jojo"));
    Map<String, Set<String>> served = new TreeMap<>();
    for (int artist : known()) {
      note(served, "", Client.json(client.bandsintown("artists/id_" + id(artist), "")));
    }
    assertThat(served).isEqualTo(recorded);
  }

  @Test
  void eventsOfBandsintown_haveTheShapeOfRecordedOnes() throws IOException {
    Map<String, Set<String>> recorded = new TreeMap<>();
    note(recorded, "", recorded("bandsintown/artists-john-events"));
    note(recorded, "", recorded("bandsintown/artists-jojo-events"));
    Map<String, Set<String>> served = new TreeMap<>();
    for (int artist : known()) {
      note(served, "", Client.json(client.bandsintown("artists/id_" + id(artist) + "/events", "")));
    }
    assertThat(served).isEqualTo(recorded);
  }

  private static int[] known() {
    Gigs gigs = new Gigs(sandbox.world());
    return sandbox.world().realArtists().all().filter(gigs::knows).toArray();
  }

  private static String id(int artist) {
    return sandbox.world().realArtists().of(artist).bandsintownId();
  }

  /** Asks for what the first setlist that is complete names. */
  private static HttpResponse<byte[]> setlist(String pointer, String endpoint) throws IOException {
    for (JsonNode each : Client.json(client.setlistfm("search/setlists", "")).get("setlist")) {
      if (each.at("/venue/city").has("coords")) {
        return client.setlistfm(endpoint + each.at(pointer).asText(), "");
      }
    }
    throw new IllegalStateException("no setlist with coordinates");
  }

  private static JsonNode recorded(String name) throws IOException {
    return JSON.readTree(RECORDED.resolve(name + ".json").toFile());
  }

  private static Map<String, Set<String>> fields(JsonNode node) {
    Map<String, Set<String>> shape = new TreeMap<>();
    note(shape, "", node);
    return shape;
  }

  /** Adds path → types of every value; the members of an array share a path. */
  private static void note(Map<String, Set<String>> shape, String path, JsonNode node) {
    String type = node.getNodeType().toString();
    shape.computeIfAbsent(path, each -> new TreeSet<>()).add(type);
    if (node.isArray()) {
      node.forEach(member -> note(shape, path + "[]", member));
    }
    node.properties().stream()
        .filter(field -> !GONE.contains(field.getKey()))
        .forEach(field -> note(shape, path + "." + field.getKey(), field.getValue()));
  }
}
