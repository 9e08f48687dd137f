package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import dev.backline.testkit.Truth;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The read API over what a sync has stored (S56, S152, S153, S154). */
class ApiTest {
  private static final String ADMIN = "admin-key-of-this-test-0123456789abcdef";

  private static Sandbox sandbox;
  private static TestNode node;
  private static Http http;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 60));
    node =
        TestNode.serve(Postgres.create(), sandbox.ticketmaster(), Map.of("admin.api-key", ADMIN));
    node.sync("upcoming-shows");
    http = new Http(node.node().ports().http());
  }

  @AfterAll
  static void stop() {
    node.close();
    sandbox.close();
  }

  /** All items of a list, page by page. */
  private static List<JsonNode> all(String path) {
    String joined = path + (path.contains("?") ? "&" : "?") + "pageSize=37&page=";
    List<JsonNode> items = new ArrayList<>();
    JsonNode page = ok(joined + 1);
    int total = page.get("total").asInt();
    for (int number = 1; page.get("items").size() > 0; page = ok(joined + ++number)) {
      assertThat(page.get("page").asInt()).isEqualTo(number);
      assertThat(page.get("pageSize").asInt()).isEqualTo(37);
      assertThat(page.get("total").asInt()).isEqualTo(total);
      page.get("items").forEach(items::add);
    }
    assertThat(items).as("total of " + path).hasSize(total);
    return items;
  }

  private static JsonNode ok(String path) {
    Answer answer = http.get(path);
    assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/json");
    return answer.json();
  }

  private static List<String> ids(List<JsonNode> items) {
    return items.stream().map(item -> item.get("id").asText()).toList();
  }

  private static List<String> stored(String query) {
    return node.jdbc().queryForList(query, String.class);
  }

  // --- Shows ------------------------------------------------------------------------------------

  @Test
  void showsWithoutAFilter_areTheUpcomingOnesOfTheWorld() {
    String today = LocalDate.now(ZoneOffset.ofHours(-12)).toString();
    Set<String> expected = new TreeSet<>();
    for (JsonNode event : Truth.shows(sandbox)) {
      boolean upcoming =
          !event.hasNonNull("local_date") || event.get("local_date").asText().compareTo(today) >= 0;
      if (upcoming && !Set.of("cancelled", "gone").contains(event.get("status").asText())) {
        expected.add(event.get("id").asText());
      }
    }
    Set<String> served = new TreeSet<>();
    for (String id : ids(all("/api/shows"))) {
      served.add(
          node.jdbc()
              .queryForObject(
                  "select ticketmaster_id from shows where id = ?",
                  String.class,
                  UUID.fromString(id)));
    }
    assertThat(served).isEqualTo(expected).hasSizeGreaterThan(100);
  }

  @Test
  void shows_comeByDayAndThoseWithoutOneLast() {
    List<JsonNode> shows = all("/api/shows");
    assertThat(shows)
        .isSortedAccordingTo(
            Comparator.comparing((JsonNode show) -> show.get("localDate").asText("infinity"))
                .thenComparing(show -> show.get("id").asText()));
    assertThat(shows).anyMatch(show -> show.get("localDate").isNull());
    assertThat(ids(shows)).doesNotHaveDuplicates();
  }

  @Test
  void firstPage_holdsShowsOfSeveralArtists() {
    Set<String> artists = new TreeSet<>();
    ok("/api/shows")
        .get("items")
        .forEach(show -> show.get("artists").forEach(artist -> artists.add(artist.toString())));
    assertThat(artists).hasSizeGreaterThan(1);
  }

  @Test
  void show_hasItsVenueAndItsLineUpHeadlinerFirst() {
    String id =
        stored("select show_id from show_artists group by 1 having count(*) > 2 limit 1").get(0);
    JsonNode show = ok("/api/shows/" + id);
    assertThat(show.at("/venue/id").asText())
        .isEqualTo(stored("select venue_id from shows where id = '" + id + "'").get(0));
    List<String> lineUp = new ArrayList<>();
    show.get("artists").forEach(artist -> lineUp.add(artist.get("id").asText()));
    assertThat(lineUp)
        .isEqualTo(
            stored(
                "select artist_id from show_artists where show_id = '"
                    + id
                    + "' order by position"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "country=de | v.country_code = 'DE'",
        "city=lONDON | lower(v.city) = 'london'",
        "city=London&country=GB | v.city = 'London' and v.country_code = 'GB'",
        "venue=the | v.name ilike '%the%'",
        "q=hollow | s.name ilike '%hollow%'",
        "genre=rOCK | exists (select 1 from show_artists x join artists a on a.id = x.artist_id where x.show_id = s.id and 'Rock' = any (a.genres))",
        "artist=hollow | exists (select 1 from show_artists x join artists a on a.id = x.artist_id where x.show_id = s.id and a.name ilike '%hollow%')",
        "artist=hollow&genre=metal | exists (select 1 from show_artists x join artists a on a.id = x.artist_id where x.show_id = s.id and a.name ilike '%hollow%' and 'Metal' = any (a.genres))",
        "to=2027-03-31 | s.local_date <= '2027-03-31'",
        "from=2027-02-01&to=2027-02-28 | s.local_date between '2027-02-01' and '2027-02-28'",
        "from=2027-02-01&to=2027-02-28&country=US&q=e | s.local_date between '2027-02-01' and '2027-02-28' and v.country_code = 'US' and s.name ilike '%e%'"
      })
  void filter_givesWhatItSaysAndNothingElse(String filter, String condition) {
    List<String> expected =
        stored(
            "select s.id from shows s left join venues v on v.id = s.venue_id"
                + " where s.status not in ('cancelled', 'gone') and ("
                + condition
                + ") and (s.local_date is null or s.local_date >= (now() at time zone 'Etc/GMT+12')::date)");
    assertThat(ids(all("/api/shows?" + filter)))
        .containsExactlyInAnyOrderElementsOf(expected)
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "postponed", "on_sale"})
  void status_givesShowsOfThatStateAlone(String status) {
    assertThat(ids(all("/api/shows?from=2000-01-01&status=" + status)))
        .containsExactlyInAnyOrderElementsOf(
            stored("select id from shows where status = '" + status + "'"))
        .isNotEmpty();
  }

  @Test
  void filterThatFindsNothing_isAnEmptyPage() {
    for (String filter :
        List.of(
            "city=Nowhere",
            "q=zzzzzzzz",
            "artist=" + UUID.randomUUID(),
            "to=1999-01-01&from=1999-01-01")) {
      JsonNode page = ok("/api/shows?" + filter);
      assertThat(page.get("total").asInt()).as(filter).isZero();
      assertThat(page.get("items")).isEmpty();
    }
  }

  @Test
  void pageBehindTheLast_isEmptyAndStillTellsTheTotal() {
    JsonNode page = ok("/api/shows?page=1000000&pageSize=100");
    assertThat(page.get("items")).isEmpty();
    assertThat(page.get("total").asInt()).isPositive();
  }

  @Test
  void wildcardsOfATextFilter_meanThemselves() {
    assertThat(ok("/api/shows?q=%25").get("total").asInt()).isZero();
    assertThat(ok("/api/artists?q=_").get("total").asInt()).isZero();
    assertThat(ok("/api/artists?q=%5C").get("total").asInt()).isZero();
  }

  // --- Artists and venues -----------------------------------------------------------------------

  @Test
  void artists_areAllOfThemByName() {
    assertThat(ids(all("/api/artists")))
        .isEqualTo(stored("select id from artists order by lower(left(name, 200)), id"));
  }

  @Test
  void venues_areAllOfThemByName() {
    assertThat(ids(all("/api/venues")))
        .isEqualTo(stored("select id from venues order by lower(left(name, 200)), id"));
    assertThat(ids(all("/api/venues?city=sydney&country=au&q=the")))
        .isEqualTo(
            stored(
                "select id from venues where city = 'Sydney' and country_code = 'AU' and name ilike '%the%'"
                    + " order by lower(left(name, 200)), id"))
        .isNotEmpty();
  }

  @Test
  void artistByName_isFoundWhateverItsLetters() {
    for (String name : stored("select name from artists")) {
      String part = name.strip();
      assertThat(
              ok("/api/artists?q=" + URLEncoder.encode(part, StandardCharsets.UTF_8))
                  .get("total")
                  .asInt())
          .as(name)
          .isPositive();
    }
  }

  @Test
  void showsOfAnArtistAndOfAVenue_areThoseThatNameThem() {
    String artist =
        stored("select artist_id from show_artists group by 1 order by count(*) desc limit 1")
            .get(0);
    assertThat(ids(all("/api/artists/" + artist + "/shows?from=2000-01-01")))
        .containsExactlyInAnyOrderElementsOf(
            stored(
                "select s.id from shows s join show_artists x on x.show_id = s.id where x.artist_id = '"
                    + artist
                    + "' and s.status not in ('cancelled', 'gone')"));
    assertThat(ids(all("/api/shows?artist=" + artist)))
        .isEqualTo(ids(all("/api/artists/" + artist + "/shows")));
    String venue = stored("select venue_id from shows where venue_id is not null limit 1").get(0);
    assertThat(ids(all("/api/venues/" + venue + "/shows")))
        .isEqualTo(ids(all("/api/shows?venue=" + venue)))
        .isNotEmpty();
  }

  @Test
  void textOfASource_isData() {
    String name = "<script>\"';--\u0007 ${7*7} \u202e\uD83C\uDFB8";
    UUID id = UUID.randomUUID();
    node.jdbc().update("insert into artists (id, name) values (?, ?)", id, name);
    try {
      Answer answer = http.get("/api/artists/" + id);
      assertThat(answer.json().get("name").asText()).isEqualTo(name);
      assertThat(answer.type()).isEqualTo("application/json");
    } finally {
      node.jdbc().update("delete from artists where id = ?", id);
    }
  }

  // --- What cannot be meant ---------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/shows?page=0               | page",
        "/api/shows?page=-1              | page",
        "/api/shows?page=x               | page",
        "/api/shows?page=1000001         | page",
        "/api/shows?page=99999999999     | page",
        "/api/shows?pageSize=0           | pageSize",
        "/api/shows?pageSize=101         | pageSize",
        "/api/shows?pageSize=1.5         | pageSize",
        "/api/shows?from=yesterday       | from",
        "/api/shows?from=2027-02-29      | from",
        "/api/shows?from=infinity        | from",
        "/api/shows?to=99999-01-01       | to",
        "/api/shows?from=2027-02-02&to=2027-02-01 | to",
        "/api/shows?status=past          | status",
        "/api/shows?country=Germany      | country",
        "/api/shows?q=%00                | q",
        "/api/shows?q=a&q=b              | q",
        "/api/shows?sort=name            | sort",
        "/api/artists?city=London        | city",
        "/api/artists/00000000-0000-4000-8000-000000000001/shows?artist=x | artist",
        "/api/venues/00000000-0000-4000-8000-000000000001/shows?venue=x   | venue",
        "/api/shows/00000000-0000-4000-8000-000000000001?page=1           | page"
      })
  void valueThatCannotBeMeant_isNamed(String path, String parameter) {
    Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.json().get("parameter").asText()).isEqualTo(parameter);
    assertThat(answer.json().get("detail").asText()).isNotBlank();
  }

  @Test
  void emptyParameter_isNone() {
    assertThat(ok("/api/shows?city=&q=&page=").get("total"))
        .isEqualTo(ok("/api/shows").get("total"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/shows/%s",
        "/api/artists/%s",
        "/api/venues/%s",
        "/api/artists/%s/shows",
        "/api/venues/%s/shows"
      })
  void idThatNothingHas_isNotFound(String path) {
    for (String id : List.of(UUID.randomUUID().toString(), "1", "x'; drop table shows; --")) {
      Answer answer =
          http.get(
              path.formatted(URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20")));
      assertThat(answer.status()).as(path + " " + id).isEqualTo(404);
      assertThat(answer.type()).isEqualTo("application/problem+json");
    }
  }

  // --- How old it is, and caches ----------------------------------------------------------------

  private static Instant asOf(String path) {
    return OffsetDateTime.parse(ok(path).get("asOf").asText()).toInstant();
  }

  @Test
  void answers_sayWhenASourceWasLastReadWithSuccess() {
    Instant contact =
        node.jdbc()
            .queryForObject("select max(fetched_at) from source_pages", Timestamp.class)
            .toInstant();
    String show = stored("select id from shows limit 1").get(0);
    assertThat(asOf("/api/shows")).isEqualTo(contact);
    assertThat(asOf("/api/artists")).isEqualTo(contact);
    assertThat(asOf("/api/shows/" + show)).isEqualTo(contact);
  }

  @Test
  void withTheSourceDown_answersAreTheSameAndAsOld() throws IOException {
    Sandbox gone = Sandbox.start(Sandbox.Options.of(7, 10));
    try (TestNode alone =
        TestNode.serve(Postgres.create(), gone.ticketmaster(), Map.of("fetch.retries", "0"))) {
      alone.sync("upcoming-shows");
      Http client = new Http(alone.node().ports().http());
      String before = client.get("/api/shows").body();
      gone.close();

      assertThat(alone.sync("upcoming-shows").status()).isEqualTo("failed");

      assertThat(client.get("/api/shows").body()).isEqualTo(before);
      assertThat(new Http(alone.node().ports().management()).get("/observe/health/ready").status())
          .isEqualTo(200);
    }
  }

  @Test
  void answerThatIsKnown_isNotSentAgain() {
    Answer first = http.get("/api/artists");
    Answer again = http.get("/api/artists", "If-None-Match", "W/\"x\", " + first.header("ETag"));
    assertThat(first.header("Cache-Control")).startsWith("public, max-age=30");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(http.get("/api/artists", "If-None-Match", "\"x\"").status()).isEqualTo(200);
  }

  // --- For operators ----------------------------------------------------------------------------

  @Test
  void runs_areListedWithTheirBooksAndKeptOutOfCaches() {
    Answer answer =
        http.get(
            "/api/jobs?job=upcoming-shows&status=completed", "Authorization", "Bearer " + ADMIN);
    JsonNode run = answer.json().get("items").get(0);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(run.get("job").asText()).isEqualTo("upcoming-shows");
    assertThat(run.get("fetched").asLong())
        .isEqualTo(run.get("inserted").asLong() + run.get("skipped").asLong())
        .isPositive();
  }

  @Test
  void aParkedSource_saysUntilWhenAndWhy() {
    node.jdbc()
        .update(
            "update source_quota set blocked_until = now() + interval '1 hour', reason = 'asked to'");
    try {
      JsonNode source = null;
      for (JsonNode item :
          http.get("/api/sources", "Authorization", "Bearer " + ADMIN).json().get("items")) {
        source = item.get("source").asText().equals("ticketmaster") ? item : source;
      }
      assertThat(source).isNotNull();
      assertThat(source.get("state").asText()).isEqualTo("parked");
      assertThat(source.get("reason").asText()).isEqualTo("asked to");
      assertThat(source.get("blockedUntil").isNull()).isFalse();
      assertThat(source.get("used").asLong()).isPositive();
    } finally {
      node.jdbc().update("update source_quota set blocked_until = null, reason = null");
    }
  }
}
