package dev.backline.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.store.Overview;
import dev.backline.store.Run;
import dev.backline.testkit.FakeApi;
import dev.backline.testkit.FakeApi.Answer;
import dev.backline.testkit.FakeApi.Call;
import dev.backline.testkit.Landed;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Spotify, from the catalogue's artists to landed records: tokens, and what an app is served. */
class SpotifyRoutesTest {
  private static final String SECRET = "canary-spotify-7f3a9b";
  private static final String ADA = "0aBcDeFgHiJkLmNoPqRsTu";

  private static TestNode node(FakeApi api) {
    return node(api, Map.of());
  }

  private static TestNode node(FakeApi api, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("ticketmaster.api-key", "");
    settings.put("spotify.base-url", api.at("/v1/").toString());
    settings.put("spotify.token-url", api.at("/api/token").toString());
    settings.put("spotify.client-id", "canary-id");
    settings.put("spotify.client-secret", SECRET);
    settings.put("spotify.rate-limit-per-second", "1000");
    settings.put("spotify.rate-limit-per-day", "100000");
    return TestNode.start(Postgres.create(), URI.create("http://127.0.0.1:1/"), settings);
  }

  /** Gives out the tokens t1, t2 …; the API itself is the function. */
  private static FakeApi api(Function<Call, Answer> answers) {
    AtomicInteger tokens = new AtomicInteger();
    return FakeApi.start(
        call ->
            call.path().equals("/api/token")
                ? Answer.of(
                    "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                        .formatted(tokens.incrementAndGet()))
                : answers.apply(call));
  }

  private static String artist(String id, String name) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"type\":\"artist\"}".formatted(id, name);
  }

  private static String track(String id, String artist) {
    return "{\"id\":\"%s\",\"name\":\"Song %s\",\"type\":\"track\",\"artists\":[{\"id\":\"%s\"}]}"
        .formatted(id(id), id, artist);
  }

  /** A track's id as long as Spotify's are. */
  private static String id(String name) {
    return (name + "0".repeat(22)).substring(0, 22);
  }

  private static String album(String id, int listed, int total) {
    return "{\"id\":\"%s\",\"name\":\"Album %s\",\"type\":\"album\",\"album_type\":\"album\",\"tracks\":{\"items\":[%s],\"next\":%s,\"limit\":50,\"offset\":0,\"total\":%d}}"
        .formatted(id, id, track(id + "t", ADA), listed < total ? "\"more\"" : "null", total);
  }

  private static String list(int offset, int limit, int total, String... items) {
    boolean more = offset + limit < total;
    return "{\"items\":[%s],\"offset\":%d,\"limit\":%d,\"total\":%d,\"next\":%s}"
        .formatted(
            String.join(",", items),
            offset,
            limit,
            total,
            more ? "\"https://elsewhere/\"" : "null");
  }

  private static Answer forbidden() {
    return new Answer(403, "{\"error\":{\"status\":403,\"message\":\"Forbidden\"}}");
  }

  /** What an app is served that is no longer served everything. */
  private static Answer reduced(Call call) {
    if (call.path().endsWith("/top-tracks") || call.path().equals("/v1/albums")) {
      return forbidden();
    }
    if (call.target().contains("limit=50") && call.path().endsWith("/albums")) {
      return new Answer(400, "{\"error\":{\"status\":400,\"message\":\"Invalid limit\"}}");
    }
    if (call.path().endsWith("/search")) {
      return Answer.of(
          "{\"tracks\":"
              + list(0, 10, 70, track("s1", ADA), track("s2", "9aBcDeFgHiJkLmNoPqRsTu"))
              + "}");
    }
    if (call.path().endsWith("/artists/" + ADA + "/albums")) {
      return Answer.of(
          call.target().contains("offset=10")
              ? list(10, 10, 11, "{\"id\":\"a2\",\"type\":\"album\"}")
              : list(0, 10, 11, "{\"id\":\"a1\",\"type\":\"album\"}"));
    }
    if (call.path().endsWith("/tracks")) {
      return Answer.of(list(1, 50, 2, track("a1u", ADA)));
    }
    return call.path().startsWith("/v1/albums/")
        ? Answer.of(album(call.path().substring(11), 1, call.path().endsWith("a1") ? 2 : 1))
        : Answer.of(artist(ADA, "Ada"));
  }

  /** What an app with an extended quota is served. */
  private static Answer full(Call call) {
    if (call.path().endsWith("/top-tracks")) {
      return Answer.of("{\"tracks\":[" + track("s1", ADA) + "]}");
    }
    if (call.path().equals("/v1/albums")) {
      return Answer.of("{\"albums\":[" + album("a1", 1, 1) + "," + album("a2", 1, 1) + "]}");
    }
    return call.path().endsWith("/albums")
        ? Answer.of(
            list(
                0,
                50,
                2,
                "{\"id\":\"a1\",\"type\":\"album\"}",
                "{\"id\":\"a2\",\"type\":\"album\"}"))
        : Answer.of(artist(call.path().substring(12), "Ada"));
  }

  private static List<String> landed(TestNode node) {
    return node.jdbc()
        .queryForList(
            "select record_kind || ' ' || source_id || coalesce(' ' || case state when 'skipped' then error end, '')"
                + " from source_records where source = 'spotify' order by 1",
            String.class);
  }

  @Test
  void reducedApp_isAskedOtherwiseAndThatIsRemembered() {
    try (FakeApi api = api(SpotifyRoutesTest::reduced);
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, ADA);

      Run run = node.sync("artist-songs");

      assertThat(run.error()).isNull();
      assertThat(api.targets())
          .containsExactlyInAnyOrder(
              "/api/token",
              "/v1/artists/" + ADA,
              "/v1/artists/" + ADA + "/top-tracks?market=US",
              "/v1/search?q=artist%3A%22Ada%22&type=track&limit=10",
              "/v1/artists/" + ADA + "/albums?limit=50&include_groups=album%2Csingle",
              "/v1/artists/" + ADA + "/albums?limit=10&include_groups=album%2Csingle",
              "/v1/artists/" + ADA + "/albums?limit=10&include_groups=album%2Csingle&offset=10",
              "/v1/albums/a1",
              "/v1/albums/a1/tracks?limit=50&offset=1",
              "/v1/albums/a2");
      assertThat(landed(node))
          .containsExactlyInAnyOrder(
              "artist " + ADA,
              "release a1 listed-only",
              "release a2 listed-only",
              "album a1",
              "album a2",
              "track " + id("a1u"),
              "track " + id("s1"),
              "track " + id("s2") + " another-artist");
      assertThat(new Overview(node.database().pool()).notServed())
          .containsEntry("spotify", "large-pages, top-tracks");
      assertThat(node.count("artists where songs_synced_at is not null")).isEqualTo(1);

      int before = api.calls().size();
      node.jdbc().update("update artists set songs_synced_at = now() - interval '4 days'");
      node.sync("artist-songs");
      assertThat(api.targets().subList(before, api.calls().size()))
          .as("nothing is tried again, no album that is known, with the same token")
          .containsExactlyInAnyOrder(
              "/v1/artists/" + ADA,
              "/v1/search?q=artist%3A%22Ada%22&type=track&limit=10",
              "/v1/artists/" + ADA + "/albums?limit=10&include_groups=album%2Csingle",
              "/v1/artists/" + ADA + "/albums?limit=10&include_groups=album%2Csingle&offset=10");
    }
  }

  @Test
  void appThatIsServedEverything_getsTopTracksAndSeveralAlbumsAtOnce() {
    try (FakeApi api = api(SpotifyRoutesTest::full);
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, ADA);

      Run run = node.sync("artist-songs");

      assertThat(run.error()).isNull();
      assertThat(api.targets())
          .containsExactlyInAnyOrder(
              "/api/token",
              "/v1/artists/" + ADA,
              "/v1/artists/" + ADA + "/top-tracks?market=US",
              "/v1/artists/" + ADA + "/albums?limit=50&include_groups=album%2Csingle",
              "/v1/albums?ids=a1%2Ca2");
      assertThat(new Overview(node.database().pool()).notServed()).isEmpty();
    }
  }

  @Test
  void import_takesAFewAlbumsAtATime() {
    try (FakeApi api = api(SpotifyRoutesTest::full);
        TestNode node = node(api, Map.of("jobs.artist-import.albums-per-call", "1"))) {
      Landed.artist(node, "Ada", null, ADA);
      String artist = node.jdbc().queryForObject("select id from artists", String.class);
      node.sync("artist-import", "artist=" + artist); // finds out what the app is served
      node.jdbc().update("delete from source_records where record_kind = 'album'");
      node.jdbc().update("update artists set songs_synced_at = null");
      int before = api.calls().size();

      node.sync("artist-import", "artist=" + artist);

      assertThat(api.targets().subList(before, api.calls().size()))
          .contains("/v1/albums?ids=a1", "/v1/albums?ids=a2")
          .doesNotContain("/v1/albums?ids=a1%2Ca2");
    }
  }

  @Test
  void token_isAskedForOnceWithIdAndSecretAndSentAsABearer() {
    try (FakeApi api = api(SpotifyRoutesTest::full);
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, ADA);
      node.sync("artist-songs");

      Call token = api.calls().get(0);
      assertThat(token.method()).isEqualTo("POST");
      assertThat(token.body()).isEqualTo("grant_type=client_credentials");
      assertThat(token.header("Content-Type")).startsWith("application/x-www-form-urlencoded");
      assertThat(token.header("Authorization")).isEqualTo(basic());
      assertThat(api.calls().subList(1, api.calls().size()))
          .allMatch(call -> call.header("Authorization").equals("Bearer t1"))
          .allSatisfy(
              call ->
                  assertThat(call.headers().keySet())
                      .isSubsetOf(
                          "Accept-encoding", "Authorization", "Connection", "Host", "User-agent"));
      assertThat(
              node.jdbc()
                  .queryForObject(
                      "select used from source_quota where source = 'spotify'", Integer.class))
          .as("the token is a call that counts")
          .isEqualTo(api.calls().size());
    }
  }

  private static String basic() {
    return "Basic "
        + java.util.Base64.getEncoder().encodeToString(("canary-id:" + SECRET).getBytes());
  }

  @Test
  void refusedToken_isRenewedOnce() {
    try (FakeApi api =
            api(
                call ->
                    call.header("Authorization").equals("Bearer t1")
                        ? new Answer(401, "{\"error\":{\"status\":401,\"message\":\"expired\"}}")
                        : full(call));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, ADA);
      Run run = node.sync("artist-songs");
      assertThat(run.error()).isNull();
      assertThat(api.targets().stream().filter("/api/token"::equals)).hasSize(2);
    }
  }

  @Test
  void tokenThatIsRefusedAgain_failsTheRunAndNamesTheVariables() {
    try (FakeApi api = api(call -> new Answer(401, "{\"error\":{\"status\":401}}"));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, ADA);
      Run run = node.sync("artist-songs");
      assertThat(run.status()).isEqualTo("failed");
      assertThat(run.error()).contains("SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET");
      assertThat(api.calls()).as("token, call, token, call").hasSize(4);
    }
  }

  @Test
  void refusedCredentials_failTheRunAndAreNeverShown() {
    try (FakeApi api =
            FakeApi.start(
                call ->
                    new Answer(400, "{\"error\":\"invalid_client\",\"error_description\":\"x\"}"));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, ADA);
      Run run = node.sync("artist-songs");
      assertThat(run.status()).isEqualTo("failed");
      assertThat(run.error())
          .contains("invalid_client", "SPOTIFY_CLIENT_SECRET")
          .doesNotContain(SECRET);
      assertThat(api.calls()).hasSize(1);
    }
  }

  @Test
  void popularArtists_areTheFirstOfEachGenreUpToTheLimit() {
    try (FakeApi api =
            api(call -> Answer.of("{\"artists\":" + list(0, 10, 500, artist(ADA, "Ada")) + "}"));
        TestNode node = node(api)) {
      Run run = node.sync("popular-artists");
      assertThat(run.status()).as(run.toString()).isEqualTo("completed");
      assertThat(api.targets())
          .hasSize(6)
          .contains("/v1/search?q=genre%3A%22hip-hop%22&type=artist&limit=10");
    }
  }

  @Test
  void artistWithoutASpotifyId_isSearchedByNameAndOnlyItsNameIsKept() {
    try (FakeApi api =
            api(
                call ->
                    call.path().startsWith("/v1/artists/")
                        ? Answer.of(artist("9aBcDeFgHiJkLmNoPqRsTu", "Adam"))
                        : Answer.of(
                            "{\"artists\":"
                                + list(
                                    0,
                                    10,
                                    2,
                                    artist(ADA, "ADA "),
                                    artist("9aBcDeFgHiJkLmNoPqRsTu", "Adam"))
                                + "}"));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, null);
      node.sync("artist-songs");
      assertThat(api.targets())
          .containsExactly("/api/token", "/v1/search?q=Ada&type=artist&limit=10");
      assertThat(landed(node))
          .containsExactly("artist " + ADA, "artist 9aBcDeFgHiJkLmNoPqRsTu another-name");

      Run run = node.sync("lookup", "artist=9aBcDeFgHiJkLmNoPqRsTu");

      assertThat(run.status()).isEqualTo("completed");
      assertThat(landed(node))
          .as("whoever asks for the one that was kept back has it")
          .containsExactly("artist " + ADA, "artist 9aBcDeFgHiJkLmNoPqRsTu");
      assertThat(node.count("artists where name = 'Adam'")).isOne();
    }
  }

  private static List<String> askedFor(FakeApi api) {
    return api.targets().stream()
        .filter(target -> target.matches("/v1/artists/[^/?]*"))
        .map(target -> target.substring("/v1/artists/".length()))
        .toList();
  }

  @Test
  void artistsLongestNotAskedFor_comeFirstAreStampedAndAreFreshForThreeDays() {
    try (FakeApi api = api(SpotifyRoutesTest::full);
        TestNode node = node(api, Map.of("jobs.artist-songs.artists", "2"))) {
      Map<String, Integer> daysAgo = Map.of("never", -1, "long", 30, "while", 4, "fresh", 2);
      daysAgo.forEach(
          (name, days) -> {
            Landed.artist(node, name, null, id(name));
            node.jdbc()
                .update(
                    "update artists set songs_synced_at = case when ? >= 0 then now() - make_interval(days => ?) end"
                        + " where name = ?",
                    days,
                    days,
                    name);
          });

      node.sync("artist-songs");
      assertThat(askedFor(api)).containsExactlyInAnyOrder(id("never"), id("long"));
      assertThat(node.count("artists where songs_synced_at > now() - interval '1 hour'"))
          .isEqualTo(2);

      node.sync("artist-songs");
      assertThat(askedFor(api)).hasSize(3).last().isEqualTo(id("while"));
      assertThat(node.sync("artist-songs").fetched()).isZero();
    }
  }

  @Test
  void albumThatFails_isReportedAndTheOthersAreStored() throws Exception {
    try (FakeApi api =
            api(
                call ->
                    call.path().endsWith("/albums/a2")
                        ? new Answer(400, "{\"error\":{\"status\":400,\"message\":\"canary\"}}")
                        : reduced(call));
        TestNode node = node(api)) {
      Landed.artist(node, "Ada", null, ADA);

      Run run = node.sync("artist-songs");

      assertThat(run.status()).isEqualTo("partial");
      assertThat(run.error()).contains("1 of ").contains("requests failed").contains("400");
      assertThat(node.jdbc().queryForList("select title from songs order by 1", String.class))
          .containsExactly("Song a1t", "Song a1u", "Song s1");
      JsonNode result = new ObjectMapper().readTree(run.result());
      assertThat(result.get("errors").toString())
          .isEqualTo("{\"api\":1,\"database\":0,\"validation\":0}");
      JsonNode songs = result.get("songs");
      assertThat(songs.get("totalSongs").asInt()).isEqualTo(3);
      assertThat(songs.get("totalAlbums").asInt()).isEqualTo(1);
      assertThat(songs.get("tracks").asInt()).isEqualTo(3);
      assertThat(songs.get("skippedLiveTracks").asInt()).isZero();
      assertThat(songs.get("deduplicatedTracks").asInt()).isZero();
      assertThat(node.count("artists where songs_synced_at is not null"))
          .as("the next run asks again")
          .isZero();
    }
  }
}
