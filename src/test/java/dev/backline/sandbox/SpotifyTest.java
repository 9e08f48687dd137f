package dev.backline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpotifyTest {
  private static final String UNKNOWN = "4aawyAB9vmqN3uQ7FjRGTy";

  private Sandbox sandbox;
  private SpotifyClient spotify;
  private String artist;
  private String name;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(31, 40));
    spotify = new SpotifyClient(sandbox);
    SpotifyArtist first = sandbox.releases().artists().of(0);
    artist = first.id();
    name = first.name();
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void wrongCredentials_areRefused() throws IOException {
    HttpResponse<byte[]> wrong = spotify.token("id:wrong-secret", "grant_type=client_credentials");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(Client.json(wrong).get("error").asText()).isEqualTo("invalid_client");
    assertThat(spotify.token("id:secret", "grant_type=password").statusCode()).isEqualTo(400);
  }

  @Test
  void withoutToken_is401() throws IOException {
    assertThat(spotify.callWithout("artists/" + artist).statusCode()).isEqualTo(401);
  }

  @Test
  void expiredToken_is401UntilThereIsANewOne() throws IOException {
    assertThat(spotify.call("artists/" + artist).statusCode()).isEqualTo(200);
    control("expire=1");
    assertThat(spotify.refusal("artists/" + artist)).isEqualTo("401 The access token expired");
    spotify.renew();
    assertThat(spotify.call("artists/" + artist).statusCode()).isEqualTo(200);
    control("expires_in=0");
    spotify.renew();
    assertThat(spotify.refusal("artists/" + artist)).isEqualTo("401 The access token expired");
  }

  @Test
  void answerThatTheCallerHas_is304WithoutABody() throws IOException {
    HttpResponse<byte[]> whole = spotify.call("artists/" + artist);
    String tag = whole.headers().firstValue("ETag").orElseThrow();

    HttpResponse<byte[]> again = spotify.call("artists/" + artist, tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(spotify.call("artists/" + artist, "\"another\"").body()).isEqualTo(whole.body());
    assertThat(spotify.call("artists/" + UNKNOWN).headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void ids_unknownIs404_malformedIs400() throws IOException {
    for (String kind : List.of("artists", "albums", "tracks")) {
      assertThat(spotify.refusal(kind + "/" + UNKNOWN)).startsWith("404 ");
      assertThat(spotify.refusal(kind + "/nonsense")).isEqualTo("400 Invalid base62 id");
    }
    String album = albums().get(0).get("id").asText();
    assertThat(spotify.refusal("tracks/" + album)).startsWith("404 ");
  }

  @Test
  void developmentMode_hasFewerFieldsCallsAndItems() throws IOException {
    String track = someTrack();
    assertThat(spotify.refusal("artists/" + artist + "/top-tracks")).isEqualTo("403 Forbidden");
    assertThat(spotify.refusal("tracks?ids=" + track)).isEqualTo("403 Forbidden");
    assertThat(spotify.refusal("artists?ids=" + artist)).isEqualTo("403 Forbidden");
    assertThat(spotify.refusal("search?type=artist&limit=11&q=a")).isEqualTo("400 Invalid limit");
    assertThat(spotify.refusal("artists/" + artist + "/albums?limit=11"))
        .isEqualTo("400 Invalid limit");
    assertThat(spotify.json("artists/" + artist).toString())
        .doesNotContain("followers", "popularity", "genres");
    assertThat(spotify.json("tracks/" + track).toString())
        .contains("isrc")
        .doesNotContain("popularity", "available_markets");
    assertThat(spotify.json("albums/" + albums().get(0).get("id").asText()).toString())
        .doesNotContain("popularity", "available_markets", "label", "genres", "album_group");
  }

  @Test
  void extendedMode_answersThemAll_unknownIdsAsNull() throws IOException {
    String track = someTrack();
    control("regime=extended");
    JsonNode tracks = spotify.json("tracks?ids=" + track + "," + UNKNOWN).get("tracks");
    assertThat(tracks).hasSize(2);
    assertThat(tracks.get(0).get("popularity").isNumber()).isTrue();
    assertThat(tracks.get(1).isNull()).isTrue();
    assertThat(spotify.json("artists/" + artist).at("/followers/total").isNumber()).isTrue();
    JsonNode top = spotify.json("artists/" + artist + "/top-tracks").get("tracks");
    assertThat(top).hasSize(10);
    assertThat(top.get(0).get("popularity").asInt())
        .isGreaterThanOrEqualTo(top.get(9).get("popularity").asInt());
    assertThat(spotify.json("search?type=artist&limit=50&q=a").at("/artists/limit").asInt())
        .isEqualTo(50);
  }

  @Test
  void albumOfMoreThan50Tracks_isPaged() throws IOException {
    JsonNode longest =
        albums().stream()
            .max((a, b) -> a.get("total_tracks").asInt() - b.get("total_tracks").asInt())
            .orElseThrow();
    int total = longest.get("total_tracks").asInt();
    assertThat(total).isGreaterThan(50);
    JsonNode tracks = spotify.json("albums/" + longest.get("id").asText()).get("tracks");
    assertThat(tracks.get("items")).hasSize(50);
    assertThat(tracks.get("next").asText()).startsWith(sandbox.spotify().toString());
    assertThat(Client.ids(spotify.all(tracks))).hasSize(total).doesNotHaveDuplicates();
  }

  @Test
  void groups_selectAndTogetherAreAll() throws IOException {
    List<String> found = new ArrayList<>();
    for (String group : List.of("album", "single", "compilation", "appears_on")) {
      List<JsonNode> albums =
          spotify.all(spotify.json("artists/" + artist + "/albums?include_groups=" + group));
      assertThat(albums).isNotEmpty();
      found.addAll(Client.ids(albums));
      if (group.equals("album")) {
        assertThat(albums).hasSizeBetween(2, 12);
      }
    }
    assertThat(found).doesNotHaveDuplicates();
    assertThat(Client.ids(albums())).containsExactlyElementsOf(found);
    assertThat(spotify.refusal("artists/" + artist + "/albums?include_groups=bootleg"))
        .startsWith("400 ");
  }

  @Test
  void searchByName_findsTheNamesakeAndTheTributeToo() throws IOException {
    String query = SpotifyClient.encoded("artist:\"" + name.toUpperCase(Locale.ROOT) + "\"");
    JsonNode page = spotify.json("search?type=artist&q=" + query).get("artists");
    List<JsonNode> found = spotify.all(page);
    assertThat(found)
        .filteredOn(each -> each.get("name").asText().equals(name))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(found)
        .anyMatch(each -> each.get("name").asText().matches(".*(Tribute|Experience).*"));
    assertThat(Client.ids(found)).contains(artist).doesNotHaveDuplicates();
  }

  @Test
  void searchForTracks_pagesThroughTheTracksOfTheArtist() throws IOException {
    String query = SpotifyClient.encoded("artist:\"" + name + "\" track:\"Live Forever\"");
    List<JsonNode> found = spotify.all(spotify.json("search?type=track&q=" + query).get("tracks"));
    assertThat(found).hasSizeGreaterThan(2);
    assertThat(found).allMatch(each -> each.get("name").asText().startsWith("Live Forever"));
    String isrc = found.get(0).at("/external_ids/isrc").asText();
    String byCode = SpotifyClient.encoded("artist:\"" + name + "\" isrc:" + isrc);
    assertThat(spotify.all(spotify.json("search?type=track&q=" + byCode).get("tracks")))
        .isNotEmpty()
        .allMatch(each -> each.at("/external_ids/isrc").asText().equals(isrc));
    assertThat(spotify.refusal("search?type=track")).isEqualTo("400 No search query");
  }

  @Test
  void someTracks_haveTheirNumbersAsFloats_othersNot() throws IOException {
    String query = SpotifyClient.encoded("artist:\"" + name + "\"");
    control("regime=extended");
    List<JsonNode> found =
        spotify.all(spotify.json("search?type=track&limit=50&q=" + query).get("tracks"));
    assertThat(found).anyMatch(each -> each.get("duration_ms").isFloatingPointNumber());
    assertThat(found).anyMatch(each -> each.get("duration_ms").isInt());
  }

  @Test
  void faults_strikeSpotifyAlone() throws IOException {
    sandbox.faults("spotify:status=429@1,spotify:retry-after=7@1");
    HttpResponse<byte[]> struck = spotify.call("artists/" + artist);
    assertThat(struck.statusCode()).isEqualTo(429);
    assertThat(struck.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(spotify.call("artists/" + artist).statusCode()).isEqualTo(200);
    sandbox.faults("status=500");
    assertThat(spotify.call("artists/" + artist).statusCode()).isEqualTo(200);
  }

  @Test
  void faultsOfPages_strikeListsOfAlbums() throws IOException {
    String path = "artists/" + artist + "/albums?limit=3&offset=";
    List<String> first = ids(path + 0);
    sandbox.faults("spotify:duplicate@1,spotify:same-page@2,spotify:cycle@3,spotify:totals@4");
    assertThat(ids(path + 0)).hasSize(4).endsWith(first.get(0));
    assertThat(ids(path + 3)).isEqualTo(first);
    assertThat(spotify.json(path + 6).get("offset").asInt()).isZero();
    assertThat(spotify.json(path + 0).get("total").asInt()).isGreaterThan(albums().size());
  }

  private List<String> ids(String path) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    spotify.json(path).get("items").forEach(items::add);
    return Client.ids(items);
  }

  @Test
  void ledger_countsWhatSpotifyServed() throws IOException {
    spotify.json("artists/" + artist);
    spotify.json("artists/" + artist);
    SourceLedger ledger = sandbox.ledger().of(Source.SPOTIFY);
    assertThat(ledger.calls()).isEqualTo(2);
    assertThat(ledger.served("artist")).isEqualTo(2);
    assertThat(ledger.records("artist")).extracting(Ledger.Entry::id).containsExactly(artist);
    assertThat(sandbox.ledger().calls()).isZero();
  }

  @Test
  void truth_namesEveryArtistAndEveryTrack() throws IOException {
    Map<String, String> tracks = new TreeMap<>();
    Map<String, String> artists = new TreeMap<>();
    for (JsonNode line : new Client(sandbox).lines("world/truth?source=spotify")) {
      String id = line.get("id").asText();
      if (line.get("kind").asText().equals("recording")) {
        assertThat(tracks.put(id, line.get("song").asText())).isNull();
      } else {
        assertThat(artists.put(id, line.get("entity").asText())).isNull();
      }
    }
    for (JsonNode attraction : new Client(sandbox).truth("attraction").values()) {
      if (attraction.get("spotify_id").isTextual()) {
        assertThat(artists.get(attraction.get("spotify_id").asText()))
            .isEqualTo("artist " + attraction.get("same_as").asInt());
      }
    }
    for (JsonNode album : albums()) {
      for (JsonNode track :
          spotify.all(spotify.json("albums/" + album.get("id").asText()).get("tracks"))) {
        assertThat(tracks).containsKey(track.get("id").asText());
      }
    }
  }

  @Test
  void sameSeed_sameAnswers_anotherSeedOtherIds() throws IOException {
    String path = "artists/" + artist + "/albums";
    String answer = spotify.json(path).toString();
    try (Sandbox same = Sandbox.start(Sandbox.Options.of(31, 40));
        Sandbox other = Sandbox.start(Sandbox.Options.of(32, 40))) {
      assertThat(new SpotifyClient(same).json(path).toString())
          .isEqualTo(answer.replace(":" + sandbox.port() + "/", ":" + same.port() + "/"));
      assertThat(new SpotifyClient(other).refusal(path)).startsWith("404 ");
    }
  }

  private List<JsonNode> albums() throws IOException {
    return spotify.all(spotify.json("artists/" + artist + "/albums"));
  }

  private String someTrack() throws IOException {
    JsonNode album = spotify.json("albums/" + albums().get(0).get("id").asText());
    return album.at("/tracks/items/0/id").asText();
  }

  private void control(String query) throws IOException {
    assertThat(new Client(sandbox).post("world/spotify?" + query).statusCode()).isEqualTo(200);
  }
}
