package dev.backline.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Http;
import dev.backline.testkit.Http.Answer;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages are as answers of HTTP; how people use them: {@code BrowserTest}. */
class PagesTest {
  private static final String ADMIN = "the-key-of-the-operator-of-this-test-0001";

  private static Sandbox sandbox;
  private static TestNode node;
  private static Http http;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 40));
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

  private static String id(String query) {
    return node.jdbc().queryForObject(query, String.class);
  }

  private static String show() {
    return id(
        "select id from shows where local_date > current_date and venue_id is not null order by id limit 1");
  }

  @Test
  void anArtistsPage_listsItsShowsFromTheCatalogue() {
    String artist =
        id(
            "select artist_id from show_artists sa join shows s on s.id = sa.show_id where local_date > current_date"
                + " and status not in ('cancelled', 'gone') group by 1 order by count(*) desc, 1 limit 1");
    Answer page = http.get("/artists/" + artist);
    JsonNode shows = http.get("/api/artists/" + artist + "/shows").json().get("items");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.type()).startsWith("text/html");
    assertThat(shows).isNotEmpty();
    shows.forEach(show -> assertThat(page.body()).contains("/shows/" + show.get("id").asText()));
    assertThat(page.body().length()).as("small enough for a phone").isLessThan(100_000);
  }

  @Test
  void theFirstPage_holdsShowsOfSeveralArtists() {
    String page = http.get("/").body();

    Matcher rows = Pattern.compile("/shows/([0-9a-f-]{36})").matcher(page);
    long headliners =
        rows.results()
            .map(m -> id("select headliner_id from shows where id = '" + m.group(1) + "'"))
            .distinct()
            .count();
    assertThat(headliners).isGreaterThan(1);
  }

  @Test
  void aPage_isKnownByItsTagAndAPartOfItByItsOwn() {
    String path = "/shows/" + show() + "/setlist";
    Answer whole = http.get(path);
    Answer part = http.get(path, "Accept", "text/vnd.backline.part+html");

    assertThat(whole.body()).startsWith("<!doctype html>");
    assertThat(part.body()).doesNotContain("<html", "<link");
    assertThat(part.header("Vary")).isEqualTo("Accept");
    assertThat(part.header("ETag")).isNotEqualTo(whole.header("ETag"));
    assertThat(http.get(path, "If-None-Match", whole.header("ETag")).status()).isEqualTo(304);
    assertThat(whole.header("Content-Security-Policy"))
        .contains("script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void aNameThatIsTooLong_isCutBetweenItsCharacters() {
    String notes = "\uD83C\uDFB5".repeat(100); // each of two units: the 119th is the first of one
    String artist =
        node.jdbc()
            .queryForObject(
                "insert into artists (id, name) values (gen_random_uuid(), ?) returning id",
                String.class,
                notes);

    assertThat(http.get("/artists/" + artist).body())
        .contains("<title>" + notes.substring(0, 118) + "… · Backline</title>");
  }

  @Test
  void whatSearchEnginesRead_isTheShow() throws IOException {
    String show = show();
    String page = http.get("/shows/" + show).body();
    Matcher data =
        Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>").matcher(page);

    assertThat(data.find()).isTrue();
    JsonNode event = new ObjectMapper().readTree(data.group(1));
    assertThat(event.get("@type").asText()).isEqualTo("MusicEvent");
    assertThat(event.get("name").asText())
        .isEqualTo(http.get("/api/shows/" + show).json().get("name").asText());
    assertThat(event.at("/location/@type").asText()).isEqualTo("MusicVenue");
    assertThat(page).contains("property=\"og:title\"");
  }

  @Test
  void aShow_isAnEntryOfACalendar() {
    Answer entry = http.get("/shows/" + show() + ".ics");

    assertThat(entry.type()).startsWith("text/calendar");
    assertThat(entry.body())
        .startsWith("BEGIN:VCALENDAR\r\n")
        .contains("BEGIN:VEVENT", "SUMMARY:", "LOCATION:")
        .endsWith("END:VCALENDAR\r\n");
    assertThat(entry.body().split("\r\n"))
        .allMatch(line -> line.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= 75);
  }

  @ParameterizedTest
  @CsvSource({
    "/artists/00000000-0000-0000-0000-000000000000, 404, Not found",
    "/shows/nonsense,                               404, Not found",
    "/?country=Germany,                             400, two letters",
    "/assets/nothing.css,                           404, Not found",
    "/assets/..%2Fshow.ftlh,                        404, Not found"
  })
  void whatDoesNotWork_isAPageThatSaysWhy(String path, int status, String words) {
    Answer page = http.get(path);

    assertThat(page.status()).isEqualTo(status);
    assertThat(page.type()).startsWith("text/html");
    assertThat(page.body()).contains(words).doesNotContain("Exception");
  }

  @Test
  void aLinkWithParametersOfOthers_isFollowed() {
    String show = "/shows/" + show();
    assertThat(http.get("/?utm_source=x&city=Nowhere").status()).isEqualTo(200);
    assertThat(http.get(show + "?fbclid=abc").body()).isEqualTo(http.get(show).body());
    assertThat(http.get("/api" + show + "?fbclid=abc").status()).isEqualTo(400);
  }

  @Test
  void anAddressThatNeverWas_isNotFound() {
    Answer page = http.get("/nothing", "Accept", "text/html,*/*");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.type()).startsWith("text/html");
    assertThat(page.body()).contains("There is no such page");
    assertThat(
            http.get("/nothing", "Accept", "text/html,*/*", "Authorization", "Bearer " + ADMIN)
                .body())
        .as("an operator sees a page, too")
        .isEqualTo(page.body());
    assertThat(http.get("/robots.txt").status()).isEqualTo(404);
    assertThat(http.get("/api/nothing").status()).as("closed unless opened").isEqualTo(401);
    assertThat(http.get("/search?q=the&page=9999").body()).contains("There is no page 9999");
  }

  @Test
  void oneThatWasMerged_leadsToItsKeeper() {
    node.jdbc()
        .update(
            "insert into merged_entities (entity_kind, gone_id, keep_id) select 'show', '00000000-0000-0000-0000-0000000000aa', ?::uuid",
            show());
    Answer moved = http.get("/shows/00000000-0000-0000-0000-0000000000aa");

    assertThat(moved.status()).isEqualTo(301);
    assertThat(moved.header("Location")).isEqualTo("/shows/" + show());
  }

  @Test
  void styles_mayBeKeptForGoodUnderAnAddressThatNamesThem() {
    Matcher style =
        Pattern.compile("href=\"(/assets/backline.css\\?v=[0-9a-f]+)\"")
            .matcher(http.get("/").body());

    assertThat(style.find()).isTrue();
    assertThat(http.get(style.group(1)).header("Cache-Control")).contains("immutable");
    assertThat(http.get("/assets/backline.css").header("Cache-Control"))
        .doesNotContain("immutable");
  }

  @Test
  void everyTemplate_usesTheOneLayoutAndNoScriptOrStyleOfItsOwn() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes", "pages"))) {
      List<Path> templates = files.filter(f -> f.toString().endsWith(".ftlh")).toList();
      assertThat(templates).hasSizeGreaterThan(10);
      for (Path template : templates) {
        String text = Files.readString(template);
        boolean shared =
            Stream.of("layout", "songlist").anyMatch(n -> template.endsWith(n + ".ftlh"));
        assertThat(text.contains("<@layout.page") || shared).as("%s", template).isTrue();
        assertThat(text).as("%s", template).doesNotContain("style=", "<style", "onclick", "onload");
        assertThat(text.contains("?no_esc"))
            .as("%s sends text unescaped", template)
            .isEqualTo(template.endsWith("layout.ftlh"));
      }
    }
  }
}
