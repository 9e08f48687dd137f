package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What visitors find at the sources, and import (S57, S58, S67, S129–S132). */
class ImportTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";

  private static Sandbox sandbox;
  private static TestNode node;
  private static Http http;
  private static String origin;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 40));
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    settings.put("visitor.secret", "the secret of the visitors of this test");
    settings.put("admin.api-key", ADMIN);
    settings.put("auto.start-workers", "true");
    settings.put("workers.idle-delay", "100");
    settings.put("ticketmaster.asks-per-hour", "100000");
    settings.put("spotify.asks-per-hour", "100000");
    settings.put("setlists.foretell-delay", "300");
    settings.put("setlists.foretell-days", "2000");
    settings.put("visitor.calls-per-minute", "1000");
    settings.put("fetch.breaker-pause", "1");
    node = TestNode.serve(Postgres.create(), sandbox.ticketmaster(), settings);
    URI site = node.node().ports().http();
    http = new Http(site);
    origin = site.toString().replaceAll("/$", "");
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  @BeforeEach
  void spotifyIsWell() {
    sandbox.faults("");
    Awaitility.await("the breaker is closed")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> visit("GET", "/api/spotify/tracks?q=" + System.nanoTime(), null).status() == 200);
  }

  private static Answer visit(String method, String path, String body) {
    return http.send(method, path, body, "Origin", origin);
  }

  private static JsonNode artists(String text) {
    return visit("GET", "/api/spotify/artists?q=" + text, null).json().get("items");
  }

  /** Some artist that Spotify knows. */
  private static JsonNode any() {
    for (String word : List.of("of", "a", "e", "i", "o")) {
      JsonNode found = artists(word);
      if (!found.isEmpty()) {
        return found.get(0);
      }
    }
    throw new AssertionError("Spotify knows nobody");
  }

  @Test
  void anArtistThatIsNotThere_isThereAtOnceAndThenCompletes() {
    JsonNode found = artists("the").get(0);
    assertThat(found.get("artistId").isNull()).isTrue();
    String body = "{\"spotifyId\":\"" + found.get("spotifyId").asText() + "\"}";

    Answer imported = visit("POST", "/api/artists/import", body);

    assertThat(imported.status()).as(imported.body()).isEqualTo(202);
    String artist = imported.json().get("artistId").asText();
    assertThat(http.get("/api/artists/" + artist).json().get("name").asText())
        .isEqualTo(found.get("name").asText());
    assertThat(http.get("/artists/" + artist).status()).isEqualTo(200);
    String again = visit("POST", "/api/artists/import", body).json().get("artistId").asText();
    assertThat(again).isEqualTo(artist);
    String progress = imported.json().get("progress").asText();
    List<CompletableFuture<String>> followers =
        Stream.of(1, 2)
            .map(n -> CompletableFuture.supplyAsync(() -> http.get(progress + "/events").body()))
            .toList();
    JsonNode job = ended(progress);
    assertThat(job.get("status").asText()).isEqualTo("completed");
    followers.forEach(
        follower ->
            assertThat(follower.join())
                .contains("event: progress\n")
                .contains("\"status\" : \"completed\"")
                .endsWith("event: end\ndata: {}\n\n"));
    assertThat(http.get("/api/artists/" + artist + "/songs").json().get("total").asInt())
        .isPositive();
    assertThat(
            node.jdbc()
                .queryForObject(
                    "select count(*) from sync_jobs where job = 'artist-import' and entity_id = ?::uuid"
                        + " and status = 'completed'",
                    Integer.class,
                    artist))
        .as("looking at the progress, or at the page, imports nothing anew")
        .isLessThanOrEqualTo(2);
    assertThat(artists("the").get(0).get("artistId").asText()).isEqualTo(artist);
    String waiting =
        "select count(*) from shows s where headliner_id = '"
            + artist
            + "' and local_date >= current_date and status not in ('cancelled', 'gone')"
            + " and not exists (select 1 from setlists l where l.show_id = s.id)";
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> node.jdbc().queryForObject(waiting, Integer.class) == 0);
  }

  private static JsonNode ended(String progress) {
    int[] before = {0};
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              JsonNode job = http.get(progress).json();
              assertThat(job.get("progress").asInt()).isGreaterThanOrEqualTo(before[0]);
              before[0] = job.get("progress").asInt();
              return job;
            },
            job -> job.hasNonNull("completedAt"));
  }

  @Test
  void whereSpotifyIsDown_theImportSaysSoInTime() {
    List<JsonNode> unknown = unknown();
    JsonNode found = unknown.get(unknown.size() - 1);
    sandbox.faults("spotify:status=503");

    Answer imported =
        visit(
            "POST",
            "/api/artists/import",
            "{\"spotifyId\":\"" + found.get("spotifyId").asText() + "\"}");

    assertThat(imported.status()).isEqualTo(202);
    assertThat(imported.json().get("artistId").isNull()).as("nothing is made up").isTrue();
    Answer searched = visit("GET", "/api/spotify/artists?q=never-asked-before", null);
    assertThat(searched.status()).isEqualTo(503);
    assertThat(searched.json().get("detail").asText()).contains("spotify cannot be asked");
    assertThat(http.get("/api/artists").status()).as("the catalogue answers").isEqualTo(200);
  }

  @Test
  void whereSpotifyIsSlow_theImportAnswersBeforeItIsGivenUp() {
    JsonNode found = unknown().get(0);
    sandbox.faults("spotify:slow=9000");

    Answer imported =
        visit(
            "POST",
            "/api/artists/import",
            "{\"spotifyId\":\"" + found.get("spotifyId").asText() + "\"}");

    assertThat(imported.status()).as("the gate's patience is five seconds").isEqualTo(202);
    assertThat(imported.json().get("artistId").isNull()).isTrue();
    assertThat(http.get(imported.json().get("progress").asText()).json().get("job").asText())
        .as("what can be followed")
        .isEqualTo("lookup");
  }

  /** Those whom Spotify knows and the catalogue does not. */
  private static List<JsonNode> unknown() {
    Map<String, JsonNode> unknown = new TreeMap<>();
    for (String word : List.of("of", "the", "a", "e", "i", "o", "u")) {
      for (JsonNode artist : artists(word)) {
        if (artist.get("artistId").isNull()) {
          unknown.put(artist.get("spotifyId").asText(), artist);
        }
      }
    }
    assertThat(unknown).hasSizeGreaterThan(1);
    return List.copyOf(unknown.values());
  }

  @Test
  void whoIsLookedAtForTheFirstTime_isImportedOnce() {
    String event =
        visit("GET", "/api/ticketmaster/events?q=the", null)
            .json()
            .at("/items/3/ticketmasterId")
            .asText();
    String path = "/api/ticketmaster/events/" + event;
    ended(
        http.send("POST", path, null, "Authorization", "Bearer " + ADMIN)
            .json()
            .get("progress")
            .asText());
    String show = visit("GET", path, null).json().at("/items/0/showId").asText();
    String artist =
        node.jdbc()
            .queryForObject(
                "select headliner_id from shows where id = ?::uuid", String.class, show);
    for (int n = 0; n < 3; n++) {
      assertThat(http.get("/artists/" + artist).status()).isEqualTo(200);
      assertThat(http.get("/shows/" + show + "/setlist").status()).isEqualTo(200);
    }
    String imports =
        "select count(*) from sync_jobs where job = 'artist-import' and entity_id = '"
            + artist
            + "'";
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                node.jdbc().queryForObject(imports + " and completed_at is not null", Integer.class)
                    > 0);
    assertThat(node.jdbc().queryForObject(imports, Integer.class)).isEqualTo(1);

    Answer sync =
        http.send(
            "POST",
            "/api/sync",
            "{\"entityType\":\"show\",\"id\":\"" + show + "\"}",
            "Authorization",
            "Bearer " + ADMIN);
    ended(sync.json().get("progress").asText());
    JsonNode suggestions = http.get("/api/shows/" + show + "/setlist").json().get("suggestions");
    assertThat(suggestions).isNotEmpty().hasSizeLessThanOrEqualTo(50);
  }

  @Test
  void answerThatHasExpired_isKeptAnew() {
    String tracks = "/api/spotify/tracks?q=kept%20anew";
    String kept = "cached_answers where request like 'search?q=kept%anew%'";
    visit("GET", tracks, null);
    assertThat(node.count(kept + " and expires_at > now()")).isEqualTo(1);
    node.jdbc()
        .update(
            "update cached_answers set expires_at = now() - interval '1 minute'"
                + " where request like 'search?q=kept%anew%'");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              visit("GET", tracks, null); // memory is believed for a second
              return node.count(kept + " and expires_at > now()") == 1;
            });
  }

  @Test
  void whatIsStored_dropsTheAnswersThatShowIt() {
    String artist = unknown().get(0).get("spotifyId").asText();
    String shown =
        "cached_answers where request like 'search%' and 'artist " + artist + "' = any (ids)";
    assertThat(node.count(shown)).isPositive();

    ended(
        http.send(
                "POST", "/api/spotify/artists/" + artist, null, "Authorization", "Bearer " + ADMIN)
            .json()
            .get("progress")
            .asText());

    assertThat(node.count(shown)).isZero();
  }

  @Test
  void aTrackThatTheCatalogueDoesNotHold_isFetchedAndSuggestedOnce() {
    JsonNode known = unknown().get(0);
    String artist = known.get("spotifyId").asText();
    String path = "/api/spotify/artists/" + artist;
    ended(
        http.send("POST", path, null, "Authorization", "Bearer " + ADMIN)
            .json()
            .get("progress")
            .asText());
    String setlist =
        node.jdbc()
            .queryForObject(
                "with s as (insert into shows (id, name, local_date, status) values (gen_random_uuid(), 'to come', current_date + 3, 'scheduled') returning id)"
                    + " insert into setlists (id, show_id, kind) select gen_random_uuid(), id, 'predicted' from s returning id",
                String.class);
    String songs = "/api/setlists/" + setlist + "/songs";
    JsonNode track = track(known);
    String body = "{\"spotifyId\":\"" + track.get("spotifyId").asText() + "\"}";
    assertThat(track.get("songId").isNull()).isTrue();

    Answer suggested = visit("POST", songs, body);

    assertThat(suggested.status()).as(suggested.body()).isEqualTo(200);
    assertThat(suggested.json().get("added").asBoolean()).isTrue();
    assertThat(visit("POST", songs, body).json().get("added").asBoolean()).isFalse();
    assertThat(
            node.jdbc()
                .queryForMap(
                    "select e.suggested, a.spotify_id, l.artist_id = a.id as theirs from setlist_songs e join songs l on l.id = e.song_id"
                        + " join artists a on a.id = l.artist_id where e.setlist_id = ?::uuid",
                    setlist))
        .containsEntry("suggested", true)
        .containsEntry("spotify_id", artist);
    Answer nobody = visit("POST", songs, "{\"spotifyId\":\"0000000000000000000000\"}");
    assertThat(nobody.status()).as(nobody.body()).isEqualTo(404);
    String foreign = track(unknown().get(0)).get("spotifyId").asText();
    Answer refused = visit("POST", songs, "{\"spotifyId\":\"" + foreign + "\"}");
    assertThat(refused.status()).as(refused.body()).isEqualTo(409);
    assertThat(refused.json().get("detail").asText()).contains("import the artist first");
    assertThat(visit("POST", songs, "{\"spotifyId\":\"x\"}").status()).isEqualTo(400);
  }

  /** A track by an artist. */
  private static JsonNode track(JsonNode artist) {
    String name = artist.get("name").asText();
    String words = URLEncoder.encode("artist:\"" + name + "\"", StandardCharsets.UTF_8);
    for (JsonNode track :
        visit("GET", "/api/spotify/tracks?q=" + words, null).json().get("items")) {
      if (track.get("artist").asText().equals(name)) {
        return track;
      }
    }
    throw new AssertionError("Spotify has no track of " + name);
  }

  @Test
  void whatIsAskedTwice_isCalledOnce() {
    JsonNode first = artists("salt");
    sandbox.faults("spotify:status=503");

    assertThat(artists("salt")).as("no call that could fail").isEqualTo(first);
  }

  @Test
  void tracksAndEvents_areFoundWithOurIds() {
    JsonNode tracks = visit("GET", "/api/spotify/tracks?q=the", null).json().get("items");
    assertThat(tracks).isNotEmpty();
    assertThat(tracks.get(0).get("title").asText()).isNotEmpty();
    String artist = artists("the").get(0).get("spotifyId").asText();
    assertThat(visit("GET", "/api/spotify/artists/" + artist + "/top-tracks", null).status())
        .isIn(200, 503);
    JsonNode events = visit("GET", "/api/ticketmaster/events?q=the", null).json().get("items");
    assertThat(events).isNotEmpty();
    String event = events.get(0).get("ticketmasterId").asText();
    JsonNode one = visit("GET", "/api/ticketmaster/events/" + event, null).json().get("items");
    assertThat(one).hasSize(1);
    assertThat(one.get(0).get("name")).isEqualTo(events.get(0).get("name"));
    String body = visit("GET", "/api/ticketmaster/events?q=the", null).body();
    assertThat(body).doesNotContain("sandbox-ticketmaster-key", "apikey");
  }

  @Test
  void anOperator_fetchesAndStores() {
    String event =
        visit("GET", "/api/ticketmaster/events?q=the", null)
            .json()
            .at("/items/1/ticketmasterId")
            .asText();
    String artist = any().get("spotifyId").asText();
    for (String path :
        new String[] {"/api/ticketmaster/events/" + event, "/api/spotify/artists/" + artist}) {
      assertThat(visit("POST", path, null).status()).as("not for visitors").isIn(401, 403);
      Answer begun = http.send("POST", path, null, "Authorization", "Bearer " + ADMIN);
      assertThat(begun.status()).as(begun.body()).isEqualTo(202);
      assertThat(ended(begun.json().get("progress").asText()).get("status").asText())
          .isEqualTo("completed");
    }
    assertThat(
            visit("GET", "/api/ticketmaster/events/" + event, null)
                .json()
                .at("/items/0/showId")
                .asText())
        .as("stored")
        .matches("[0-9a-f-]{36}|null|");
    Answer tracks =
        http.send(
            "POST",
            "/api/spotify/artists/" + artist + "/tracks",
            null,
            "Authorization",
            "Bearer " + ADMIN);
    assertThat(tracks.status()).as(tracks.body()).isEqualTo(202);
    assertThat(ended(tracks.json().get("progress").asText()).get("status").asText())
        .isEqualTo("completed");
  }

  @Test
  void whatCannotBeMeant_isRefused() {
    assertThat(visit("POST", "/api/artists/import", "{}").status()).isEqualTo(400);
    assertThat(visit("POST", "/api/artists/import", "{\"spotifyId\":\"../x\"}").status())
        .isEqualTo(400);
    assertThat(visit("GET", "/api/spotify/artists", null).status()).isEqualTo(400);
    assertThat(visit("GET", "/api/spotify/artists/x/top-tracks", null).status()).isEqualTo(404);
    assertThat(http.send("POST", "/api/artists/import", "{}").status())
        .as("no origin")
        .isEqualTo(403);
  }
}
