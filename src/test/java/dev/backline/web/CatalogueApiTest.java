package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to an artist or a venue, over HTTP: songs, tours, setlists and neighbours. */
class CatalogueApiTest {
  private static final UUID ADA = new UUID(1, 1);
  private static final UUID BEA = new UUID(1, 2);
  private static final UUID HALL = new UUID(2, 1);
  private static final UUID CLUB = new UUID(2, 2);

  private static TestNode node;
  private static Http http;

  @BeforeAll
  static void start() {
    node = TestNode.serve(Postgres.create(), URI.create("http://127.0.0.1:1/"), Map.of());
    http = new Http(node.node().ports().http());
    node.jdbc()
        .execute(
            """
            insert into artists (id, name) values ('%1$s', 'Ada'), ('%2$s', 'Bea');
            insert into venues (id, name, city, country_code)
              values ('%3$s', 'Kaleva Hall', 'Oulu', 'FI'), ('%4$s', 'Club', 'Turku', 'FI');
            insert into shows (id, name, status, local_date, venue_id) values
              ('00000000-0000-0003-0000-000000000001', 'One', 'scheduled', '2026-01-01', '%3$s'),
              ('00000000-0000-0003-0000-000000000002', 'Two', 'scheduled', '2026-02-01', '%4$s'),
              ('00000000-0000-0003-0000-000000000003', 'Three', 'scheduled', '2026-03-01', '%4$s');
            insert into show_artists (show_id, artist_id, position) values
              ('00000000-0000-0003-0000-000000000001', '%1$s', 0),
              ('00000000-0000-0003-0000-000000000002', '%1$s', 0),
              ('00000000-0000-0003-0000-000000000003', '%1$s', 0),
              ('00000000-0000-0003-0000-000000000003', '%2$s', 1);
            insert into songs (id, artist_id, title, normalized_title, cover_of, popularity) values
              ('00000000-0000-0004-0000-000000000001', '%1$s', 'Often', 'often', null, 10),
              ('00000000-0000-0004-0000-000000000002', '%1$s', 'Once', 'once', '%2$s', 90),
              ('00000000-0000-0004-0000-000000000003', '%1$s', 'Never', 'never', null, 20),
              ('00000000-0000-0004-0000-000000000004', '%1$s', 'Tape 100%%', 'tape', null, 30);
            insert into setlists (id, show_id, kind, known, source, source_url) values
              ('00000000-0000-0005-0000-000000000001', '00000000-0000-0003-0000-000000000001', 'played', true, 'setlistfm', 'https://a.example/1'),
              ('00000000-0000-0005-0000-000000000002', '00000000-0000-0003-0000-000000000002', 'played', true, 'setlistfm', null),
              ('00000000-0000-0005-0000-000000000003', '00000000-0000-0003-0000-000000000003', 'played', false, null, null);
            insert into setlist_songs (id, setlist_id, song_id, position, encore, tape, title) values
              (gen_random_uuid(), '00000000-0000-0005-0000-000000000001', '00000000-0000-0004-0000-000000000004', 0, null, true, null),
              (gen_random_uuid(), '00000000-0000-0005-0000-000000000001', '00000000-0000-0004-0000-000000000001', 1, null, false, 'Often (live)'),
              (gen_random_uuid(), '00000000-0000-0005-0000-000000000001', '00000000-0000-0004-0000-000000000002', 2, 1, false, null),
              (gen_random_uuid(), '00000000-0000-0005-0000-000000000002', '00000000-0000-0004-0000-000000000001', 0, null, false, null),
              (gen_random_uuid(), '00000000-0000-0005-0000-000000000002', '00000000-0000-0004-0000-000000000001', 1, 1, false, null),
              (gen_random_uuid(), '00000000-0000-0005-0000-000000000002', null, 2, 1, false, 'Jam');
            insert into tours (id, artist_id, name, starts_on, ends_on) values
              ('00000000-0000-0006-0000-000000000001', '%1$s', 'First', '2025-01-01', '2025-02-01'),
              ('00000000-0000-0006-0000-000000000002', '%1$s', 'Second', '2026-01-01', '2026-03-01');
            insert into tour_venues (tour_id, venue_id, shows) values
              ('00000000-0000-0006-0000-000000000002', '%3$s', 1), ('00000000-0000-0006-0000-000000000002', '%4$s', 2);
            insert into venue_network (venue_id, neighbour_id, shared_artists, shared_shows, score, distance_km)
              values ('%3$s', '%4$s', 1, 3, 0.5, 480.5)
            """
                .formatted(ADA, BEA, HALL, CLUB));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static JsonNode items(String path) {
    Answer answer = http.get(path);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
    assertThat(answer.header("ETag")).isNotBlank();
    return answer.json().get("items");
  }

  private static List<String> texts(JsonNode items, String field) {
    return items.findValuesAsText(field);
  }

  @Test
  void songs_comeMostPlayedFirstAndTapesAreNoPlays() {
    JsonNode songs = items("/api/artists/" + ADA + "/songs");
    assertThat(texts(songs, "title")).containsExactly("Often", "Once", "Tape 100%", "Never");
    assertThat(texts(songs, "plays")).containsExactly("2", "1", "0", "0");
    assertThat(songs.get(0).get("lastPlayed").asText()).isEqualTo("2026-02-01");
    assertThat(songs.get(1).at("/coverOf/name").asText()).isEqualTo("Bea");
    assertThat(songs.get(3).get("lastPlayed").isNull()).isTrue();

    JsonNode second = http.get("/api/artists/" + ADA + "/songs?pageSize=1&page=2").json();
    assertThat(second.get("total").asInt()).isEqualTo(4);
    assertThat(texts(second.get("items"), "title")).containsExactly("Once");
    assertThat(texts(items("/api/artists/" + ADA + "/songs?q=0%25"), "title"))
        .containsExactly("Tape 100%");
    assertThat(http.get("/api/artists/" + ADA + "/songs?q=none").json().get("total").asInt())
        .isZero();
  }

  @Test
  void tours_comeLatestFirstWithTheirShows() {
    JsonNode tours = items("/api/artists/" + ADA + "/tours");
    assertThat(texts(tours, "name")).containsExactly("Second", "First");
    assertThat(texts(tours, "shows")).containsExactly("3", "0");
    assertThat(texts(tours, "venues")).containsExactly("2", "0");
  }

  @Test
  void setlists_comeLatestFirstInTheOrderOfTheNight() {
    JsonNode setlists = items("/api/artists/" + ADA + "/setlists");
    assertThat(setlists.findValuesAsText("localDate"))
        .containsExactly("2026-03-01", "2026-02-01", "2026-01-01");
    assertThat(setlists.get(0).get("known").asBoolean()).isFalse();
    assertThat(setlists.get(0).get("songs")).isEmpty();
    assertThat(texts(setlists.get(1).get("songs"), "title"))
        .containsExactly("Often", "Often", "Jam");
    JsonNode first = setlists.get(2);
    assertThat(texts(first.get("songs"), "title"))
        .containsExactly("Tape 100%", "Often (live)", "Once");
    assertThat(first.at("/songs/2/encore").asInt()).isEqualTo(1);
    assertThat(first.get("url").asText()).isEqualTo("https://a.example/1");
    assertThat(first.at("/show/venue/city").asText()).isEqualTo("Oulu");
    assertThat(items("/api/artists/" + BEA + "/setlists")).as("only as a support").isEmpty();
  }

  @Test
  void network_isTheSameFromBothEnds() {
    for (var end : Map.of(HALL, "Club", CLUB, "Kaleva Hall").entrySet()) {
      JsonNode neighbours = items("/api/venues/" + end.getKey() + "/network");
      assertThat(neighbours).hasSize(1);
      assertThat(neighbours.at("/0/venue/name").asText()).isEqualTo(end.getValue());
      assertThat(neighbours.at("/0/sharedShows").asInt()).isEqualTo(3);
      assertThat(neighbours.at("/0/distanceKm").asDouble()).isEqualTo(480.5);
    }
  }

  @Test
  void search_findsTheWholeNameFirstThenItsBeginning() {
    node.jdbc()
        .update(
            "insert into artists (id, name, popularity) values (gen_random_uuid(), 'Clubbers', 5),"
                + " (gen_random_uuid(), 'The Club', 90)");
    node.jdbc()
        .update(
            "insert into shows (id, name, status, local_date, venue_id) values"
                + " (gen_random_uuid(), 'Club Night', 'scheduled', current_date + 2, ?),"
                + " (gen_random_uuid(), 'Club Past', 'scheduled', current_date - 9, ?),"
                + " (gen_random_uuid(), 'Club Off', 'cancelled', current_date + 2, ?)",
            HALL,
            HALL,
            HALL);

    JsonNode hits = items("/api/search?q=cLuB");
    assertThat(texts(hits, "name")).containsExactly("Club", "Clubbers", "Club Night", "The Club");
    assertThat(texts(hits, "kind")).containsExactly("venue", "artist", "show", "artist");
    assertThat(hits.at("/2/city").asText()).isEqualTo("Oulu");
    JsonNode second = http.get("/api/search?q=club&pageSize=2&page=2").json();
    assertThat(second.get("total").asInt()).isEqualTo(4);
    assertThat(texts(second.get("items"), "name")).containsExactly("Club Night", "The Club");
    assertThat(items("/api/search?q=%25")).as("a wildcard means itself").isEmpty();
    assertThat(items("/api/search")).as("nothing asked").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/artists/{id}/songs",
        "/api/artists/{id}/tours",
        "/api/artists/{id}/setlists",
        "/api/venues/{id}/network"
      })
  void whatNothingHas_isNotFound(String path) {
    assertThat(http.get(path.replace("{id}", new UUID(9, 9).toString())).status()).isEqualTo(404);
    assertThat(http.get(path.replace("{id}", "nobody")).status()).isEqualTo(404);
    assertThat(http.get(path.replace("{id}", ADA.toString()) + "?page=0").status()).isEqualTo(400);
  }
}
