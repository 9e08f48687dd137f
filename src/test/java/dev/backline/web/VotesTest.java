package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Predicted setlists and votes over HTTP (S77–S84). */
class VotesTest {
  private static Sandbox sandbox;
  private static TestNode node;
  private static Http http;
  private static URI site;
  private static String origin;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 40));
    node =
        TestNode.serve(
            Postgres.create(),
            sandbox.ticketmaster(),
            Map.of(
                "web.address-streams",
                "3",
                "web.address-header",
                "X-Forwarded-For",
                "visitor.secret",
                "the secret of the visitors of this test",
                "visitor.new-per-hour",
                "60"));
    node.sync("upcoming-shows");
    node.jdbc()
        .update(
            "insert into songs (id, artist_id, title, normalized_title, popularity)"
                + " select gen_random_uuid(), a.id, 'song ' || n, 'song ' || n, n"
                + " from artists a cross join generate_series(1, 60) as n");
    site = node.node().ports().http();
    http = new Http(site);
    origin = site.toString().replaceAll("/$", "");
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  /** A show to come that nobody has asked for yet. */
  private static String fresh() {
    return node.jdbc()
        .queryForObject(
            "select s.id from shows s where local_date > current_date and headliner_id is not null"
                + " and not exists (select 1 from setlists l where l.show_id = s.id) order by s.id limit 1",
            String.class);
  }

  private static JsonNode setlist(String show) {
    return http.get("/api/shows/" + show + "/setlist").json();
  }

  private static Answer visit(String method, String path, String body, String cookie) {
    return cookie == null
        ? http.send(method, path, body, "Origin", origin)
        : http.send(method, path, body, "Origin", origin, "Cookie", cookie);
  }

  private static String cookie(Answer answer) {
    return answer.header("Set-Cookie").replaceFirst(";.*", "");
  }

  /** Where the n-th song of a predicted setlist is voted for. */
  private static String vote(JsonNode foretold, int song) {
    String entry = foretold.at("/songs/" + song + "/entryId").asText();
    return "/api/setlists/" + foretold.get("id").asText() + "/songs/" + entry + "/vote";
  }

  private static long rows(String table) {
    return node.jdbc().queryForObject("select count(*) from " + table, Long.class);
  }

  @Test
  void concurrentFirstVisits_makeOneSetlist() {
    String show = fresh();
    List<CompletableFuture<JsonNode>> visits =
        IntStream.range(0, 12)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> setlist(show)))
            .toList();

    assertThat(visits.stream().map(v -> v.join().at("/predicted/id").asText()).distinct())
        .hasSize(1);
    assertThat(rows("setlists where kind = 'predicted' and show_id = '" + show + "'")).isEqualTo(1);
    JsonNode foretold = setlist(show).get("predicted");
    assertThat(foretold.get("rule").asText()).isEqualTo("popular");
    assertThat(foretold.get("hitRate").isNull()).isTrue();
    assertThat(foretold.get("songs")).hasSize(10).allMatch(song -> song.get("votes").asInt() == 0);
    assertThat(setlist(show).get("suggestions")).hasSize(50);
    assertThat(setlist(show).at("/suggestions/0/name").asText()).isEqualTo("song 60");
  }

  @Test
  void whatWasPlayedBefore_isForetoldAndComparedWithWhatIsPlayed() {
    String show = fresh();
    node.jdbc()
        .update(
            "insert into shows (id, name, headliner_id, local_date, status) select gen_random_uuid(), 'past ' || n,"
                + " headliner_id, current_date - n, 'scheduled' from shows cross join generate_series(1, 6) as n"
                + " where id = ?::uuid",
            show);
    node.jdbc()
        .update(
            "insert into setlists (id, show_id, kind) select gen_random_uuid(), s.id, 'played' from shows s"
                + " where s.name like 'past %' and s.headliner_id = (select headliner_id from shows where id = ?::uuid)",
            show);
    node.jdbc()
        .update(
            "insert into setlist_songs (id, setlist_id, song_id, position) select gen_random_uuid(), l.id, g.id, g.popularity"
                + " from setlists l join shows s on s.id = l.show_id join songs g on g.artist_id = s.headliner_id"
                + " where s.name like 'past %' and g.popularity <= 4");

    JsonNode foretold = setlist(show).get("predicted");
    assertThat(foretold.get("rule").asText()).isEqualTo("repeat-last");
    assertThat(foretold.get("hitRate").asDouble()).isEqualTo(1.0);
    assertThat(foretold.get("testedShows").asInt()).isEqualTo(5);
    assertThat(foretold.get("songs"))
        .extracting(s -> s.get("title").asText())
        .containsExactly("song 1", "song 2", "song 3", "song 4");

    node.jdbc()
        .update(
            "with played as (insert into setlists (id, show_id, kind) values (gen_random_uuid(), ?::uuid, 'played') returning id)"
                + " insert into setlist_songs (id, setlist_id, song_id, position) select gen_random_uuid(), played.id, g.id, g.popularity"
                + " from played, songs g where g.artist_id = (select headliner_id from shows where id = ?::uuid)"
                + " and g.popularity between 3 and 6",
            show,
            show);
    JsonNode after = setlist(show);
    assertThat(after.at("/predicted/hits").asInt()).isEqualTo(2);
    assertThat(after.at("/predicted/songs"))
        .extracting(s -> s.get("hit").asBoolean())
        .containsExactly(false, false, true, true);
    assertThat(after.at("/played/songs")).hasSize(4);
    String vote = vote(foretold, 0);
    assertThat(visit("PUT", vote, null, null).status()).as("voting has ended").isEqualTo(409);
  }

  @Test
  void aVisitorVotesOnceForASong_andTheCountIsTheNumberOfRows() {
    JsonNode foretold = setlist(fresh()).get("predicted");
    String vote = vote(foretold, 0);
    Answer first = visit("PUT", vote, null, null);
    String one = cookie(first);

    assertThat(first.json().get("votes").asInt()).isEqualTo(1);
    assertThat(first.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
    assertThat(visit("PUT", vote, null, one).json().get("votes").asInt()).isEqualTo(1);
    Answer second = visit("PUT", vote, null, null);
    assertThat(second.json().get("votes").asInt()).isEqualTo(2);
    assertThat(visit("DELETE", vote, null, one).json().get("votes").asInt()).isEqualTo(1);
    assertThat(visit("DELETE", vote, null, one).json().get("votes").asInt()).isEqualTo(1);
    assertThat(counted()).isTrue();
    assertThat(rows("users")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void manyVotesAtOnce_areAllCounted() {
    JsonNode foretold = setlist(fresh()).get("predicted");
    String vote = vote(foretold, 1);
    List<String> visitors =
        IntStream.range(0, 20).mapToObj(n -> cookie(visit("DELETE", vote, null, null))).toList();
    List<CompletableFuture<Answer>> votes = new ArrayList<>();
    for (String visitor : visitors) {
      for (int n = 0; n < 3; n++) {
        votes.add(CompletableFuture.supplyAsync(() -> visit("PUT", vote, null, visitor)));
      }
    }

    assertThat(votes).allMatch(answer -> answer.join().status() == 200);
    assertThat(
            node.jdbc()
                .queryForObject(
                    "select votes from setlist_songs where id = ?::uuid",
                    Integer.class,
                    foretold.at("/songs/1/entryId").asText()))
        .isEqualTo(20);
    assertThat(counted()).isTrue();
  }

  private static boolean counted() {
    return rows(
            "setlist_songs e where e.votes <> (select count(*) from user_votes v where v.setlist_song_id = e.id)")
        == 0;
  }

  @Test
  void aSongIsSuggestedOnce_andMarked() {
    String show = fresh();
    JsonNode foretold = setlist(show).get("predicted");
    String songs = "/api/setlists/" + foretold.get("id").asText() + "/songs";
    String song = "{\"songId\":\"" + setlist(show).at("/suggestions/30/songId").asText() + "\"}";
    String there = "{\"songId\":\"" + foretold.at("/songs/0/songId").asText() + "\"}";
    String visitor = cookie(visit("POST", songs, there, null));

    assertThat(visit("POST", songs, there, visitor).json().get("added").asBoolean()).isFalse();
    List<CompletableFuture<Answer>> both =
        IntStream.range(0, 6)
            .mapToObj(n -> CompletableFuture.supplyAsync(() -> visit("POST", songs, song, visitor)))
            .toList();
    assertThat(both.stream().filter(a -> a.join().json().get("added").asBoolean())).hasSize(1);
    JsonNode after = setlist(show).at("/predicted/songs");
    assertThat(after).hasSize(11);
    assertThat(after.get(10).get("suggested").asBoolean()).isTrue();
    assertThat(after.get(10).get("title").asText()).isEqualTo("song 30");
    String none = "{\"songId\":\"00000000-0000-0000-0000-000000000000\"}";
    assertThat(visit("POST", songs, none, visitor).status()).isEqualTo(404);
  }

  @Test
  void aVoteFromElsewhere_orWithAForgedCookie_doesNotCount() {
    JsonNode foretold = setlist(fresh()).get("predicted");
    String vote = vote(foretold, 0);
    String visitor = cookie(visit("PUT", vote, null, null));

    assertThat(http.send("PUT", vote, null).status()).isEqualTo(403);
    assertThat(
            http.send("PUT", vote, null, "Origin", "https://evil.example", "Cookie", visitor)
                .status())
        .isEqualTo(403);
    String forged = visitor.substring(0, visitor.length() - 3) + "AAA";
    assertThat(visit("PUT", vote, null, forged).header("Set-Cookie"))
        .as("a new visitor")
        .contains(Visitors.COOKIE)
        .doesNotContain(visitor.substring(17, 40));
  }

  @Test
  void anOpenStream_seesTheVoteOfAnother() throws Exception {
    String show = fresh();
    JsonNode foretold = setlist(show).get("predicted");
    String entry = foretold.at("/songs/2/entryId").asText();
    URL events = site.resolve("/api/shows/" + show + "/setlist/events").toURL();
    CompletableFuture<String> seen = new CompletableFuture<>();
    CompletableFuture<Void> opened = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(events.openStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  opened.complete(null);
                  if (line.contains("\"" + entry + "\" : 1")) {
                    seen.complete(line);
                    return;
                  }
                }
              } catch (IOException e) {
                seen.completeExceptionally(e);
              }
            });
    reader.setDaemon(true);
    reader.start();
    opened.get(10, TimeUnit.SECONDS);

    visit(
        "PUT",
        "/api/setlists/" + foretold.get("id").asText() + "/songs/" + entry + "/vote",
        null,
        null);

    assertThat(seen.get(20, TimeUnit.SECONDS)).contains(foretold.get("id").asText());
    assertThat(
            http.get("/api/shows/" + show.replace(show.charAt(0), 'f') + "/setlist/events")
                .status())
        .isEqualTo(404);
  }

  @Test
  void anAddress_bringsSoManyNewVisitorsAnHour() {
    String vote = vote(setlist(fresh()).get("predicted"), 3);
    int refused = 0;
    for (int n = 0; n < 63; n++) {
      int status = from("192.0.2.1, 203.0.113.9", vote).status();
      refused += status == 429 ? 1 : 0;
    }

    assertThat(refused).isEqualTo(3);
    assertThat(from("203.0.113.9, 192.0.2.1", vote).status())
        .as("the last is the one that our proxy has seen")
        .isEqualTo(200);
  }

  private static Answer from(String address, String vote) {
    return http.send("PUT", vote, null, "Origin", origin, "X-Forwarded-For", address);
  }

  @Test
  void anAddress_holdsSoManyStreams() throws IOException {
    String path = "/api/shows/" + fresh() + "/setlist/events";
    List<URLConnection> held = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      URLConnection stream = site.resolve(path).toURL().openConnection();
      stream.setRequestProperty("X-Forwarded-For", "198.51.100.7");
      assertThat(stream.getInputStream().read()).isPositive();
      held.add(stream);
    }

    assertThat(http.get(path, "X-Forwarded-For", "198.51.100.7").status()).isEqualTo(503);
    held.get(0).getInputStream().close();
  }

  @Test
  void aCleanup_leavesSetlistsAndVotes() {
    String show = fresh();
    JsonNode foretold = setlist(show).get("predicted");
    visit("PUT", vote(foretold, 0), null, null);
    node.jdbc()
        .update(
            "update setlists set created_at = created_at - interval '20 years' where show_id = ?::uuid",
            show);
    long votes = rows("user_votes");

    node.jdbc()
        .queryForObject(
            "select cleanup_old_sync_data('0 days', '0 days', '0 days', '0 days')", Integer.class);

    assertThat(setlist(show).at("/predicted/songs/0/votes").asInt()).isEqualTo(1);
    assertThat(rows("user_votes")).isEqualTo(votes);
  }

  @Test
  void aShowThatIsOver_isNotForetold() {
    String show = fresh();
    node.jdbc().update("update shows set local_date = current_date - 5 where id = ?::uuid", show);

    assertThat(setlist(show).get("predicted").isNull()).isTrue();
    assertThat(rows("setlists where show_id = '" + show + "'")).isZero();
  }
}
