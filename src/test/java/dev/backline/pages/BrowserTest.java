package dev.backline.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Browser;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages as people use them, in a real browser (S80–S83, S149–S157). */
class BrowserTest {
  private static final String KEY = "the key of the operators of this test";

  private static Sandbox sandbox;
  private static TestNode node;
  private static Browser browser;
  private static Map<String, String> pages;
  private final List<BrowserContext> visitors = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 40));
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    settings.put("visitor.secret", "the secret of the visitors of this test");
    settings.put("admin.api-key", KEY);
    settings.put("visitor.calls-per-minute", "1000");
    settings.put("visitor.address-calls-per-minute", "10000");
    node = TestNode.serve(Postgres.create(), sandbox.ticketmaster(), settings);
    browser = Browser.start(node.node().ports().http());
    node.sync("upcoming-shows");
    node.sync("popular-artists");
    node.sync("artist-songs");
    node.sync("historical-setlists");
    node.sync("venue-network");
    String show =
        id(
            "select s.id from shows s join artists a on a.id = s.headliner_id where s.local_date > current_date and s.venue_id is not null"
                + " and (select count(*) from songs g where g.artist_id = a.id) > 12 and a.name ~ '^[A-Z][a-z]+ '"
                + " order by (select count(*) from setlists l join shows p on p.id = l.show_id where p.headliner_id = a.id and l.known) desc, s.local_date, s.id limit 1");
    pages = new LinkedHashMap<>();
    pages.put("home", "/");
    pages.put("show", "/shows/" + show);
    pages.put(
        "artist", "/artists/" + id("select headliner_id from shows where id = '" + show + "'"));
    pages.put(
        "venue",
        "/venues/"
            + id(
                "select venue_id from venue_network group by 1 order by count(*) desc, 1 limit 1"));
    pages.put("search", "/search?q=the");
    pages.put("nothing", "/search?q=qqqqzzzz");
    pages.put("missing", "/artists/00000000-0000-0000-0000-000000000000");
    pages.put(
        "past",
        "/shows/"
            + id(
                "select show_id from setlists where kind = 'played' and known order by id limit 1"));
  }

  private static String id(String query) {
    return node.jdbc().queryForObject(query, String.class);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    node.close();
    sandbox.close();
  }

  @AfterEach
  void leave() {
    visitors.forEach(BrowserContext::close);
  }

  private Page visitor() {
    return visitor(new NewContextOptions().setViewportSize(1280, 900));
  }

  private Page visitor(NewContextOptions options) {
    BrowserContext context = browser.visitor(options);
    visitors.add(context);
    return context.newPage();
  }

  /** The page with all its parts. */
  private static void open(Page page, String address) {
    page.navigate(address);
    assertThat(page.locator("[data-part][aria-busy]")).hasCount(0);
    assertThat(page.locator(".skeleton")).hasCount(0);
  }

  // --- Every page -------------------------------------------------------------------------------

  @Test
  void everyPage_hasNoSeriousFindingAndNoFaultOfItsOwn() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      Page page =
          visitor(new NewContextOptions().setViewportSize(1280, 900).setColorScheme(scheme));
      List<String> faults = new ArrayList<>();
      page.onPageError(faults::add);
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")
                && !message.text().contains("Failed to load resource")) {
              faults.add(message.text());
            }
          });
      pages.forEach(
          (name, address) -> {
            open(page, address);
            Browser.picture(page, name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
            assertThat(
                    new AxeBuilder(page)
                        .analyze().getViolations().stream()
                            .filter(v -> List.of("serious", "critical").contains(v.getImpact()))
                            .map(v -> v.getId() + ": " + v.getNodes().get(0).getHtml()))
                .as("%s, %s", name, scheme)
                .isEmpty();
          });
      assertThat(faults).isEmpty();
    }
  }

  @Test
  void everyPage_fitsOnAPhone() {
    Page page =
        visitor(
            new NewContextOptions().setViewportSize(360, 740).setHasTouch(true).setIsMobile(true));
    pages.forEach(
        (name, address) -> {
          open(page, address);
          Browser.picture(page, name + "-phone");
          assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .as("%s is not wider than the phone", name)
              .isTrue();
          assertThat(page.locator(".find button").boundingBox().height)
              .as("%s: a word of one line", name)
              .isEqualTo(page.locator(".find input").boundingBox().height)
              .isLessThan(50);
        });
  }

  @Test
  void everyPage_canBeReadWithoutScript() {
    Page page = visitor(new NewContextOptions().setJavaScriptEnabled(false));
    page.navigate(pages.get("show"));
    assertThat(page.locator("h1")).not().isEmpty();
    page.locator("[data-part] a").first().click();
    assertThat(page.locator("ol.votes li").first()).isVisible();
    page.navigate("/");
    assertThat(page.locator("ol.shows li")).hasCount(20);
    page.locator("a[rel=next]").click();
    assertThat(page).hasURL(Pattern.compile(".*page=2.*"));
  }

  // --- Votes ------------------------------------------------------------------------------------

  @Test
  void aVote_isSeenInAnotherBrowser() {
    Page one = visitor();
    Page other = visitor();
    open(one, pages.get("show"));
    open(other, pages.get("show"));
    Locator mine = one.locator("button.vote").nth(1);
    Locator theirs = other.locator("button.vote").nth(1);
    int before = Integer.parseInt(theirs.locator("[data-count]").textContent());

    mine.click();

    assertThat(mine).hasAttribute("aria-pressed", "true");
    assertThat(theirs.locator("[data-count]")).hasText(String.valueOf(before + 1));
    assertThat(theirs).hasAttribute("aria-pressed", "false");
    assertThat(other.locator("#live"))
        .containsText(before + 1 == 1 ? "1 vote" : (before + 1) + " votes");
    theirs.click();
    assertThat(mine.locator("[data-count]")).hasText(String.valueOf(before + 2));
    one.reload();
    assertThat(one.locator("button.vote").nth(1)).hasAttribute("aria-pressed", "true");
    mine.click();
    assertThat(theirs.locator("[data-count]")).hasText(String.valueOf(before + 1));
  }

  @Test
  void aSong_isSuggestedAndSeenByOthers() {
    Page one = visitor();
    Page other = visitor();
    open(one, pages.get("show"));
    open(other, pages.get("show"));
    int songs = one.locator("ol.votes li").count();
    String title =
        id(
            "select g.title from songs g join shows s on s.headliner_id = g.artist_id where s.id = '"
                + pages.get("show").substring(7)
                + "' and g.title ~ '^[A-Za-z ]{6,}$' and not exists (select 1 from setlist_songs e join setlists l on l.id = e.setlist_id"
                + " where l.show_id = s.id and e.song_id = g.id) order by g.id limit 1");

    one.getByLabel("Suggest a song").fill(title);
    one.locator(".choices").getByText(title, new Locator.GetByTextOptions().setExact(true)).click();

    assertThat(one.locator("ol.votes li")).hasCount(songs + 1);
    assertThat(one.locator("ol.votes li").last()).containsText("suggested");
    assertThat(other.locator("ol.votes li")).hasCount(songs + 1);
  }

  @Test
  void aTrackThatOnlySpotifyKnows_isSuggested() {
    Page page = visitor();
    open(page, pages.get("show"));
    int songs = page.locator("ol.votes li").count();

    page.getByLabel("Suggest a song").fill("e");
    assertThat(page.getByText("Look on Spotify")).isHidden();
    page.getByLabel("Suggest a song").fill("the");
    page.getByText("Look on Spotify").click();
    assertThat(page.locator("#suggest-help")).hasText("Tracks on Spotify");
    Browser.picture(page, "suggest");
    page.locator(".choices button").first().click();

    assertThat(page.locator("ol.votes li")).hasCount(songs + 1);
  }

  @Test
  void aWalkByKeyboard_leadsFromTheListToAVote() {
    Page page = visitor();
    page.navigate("/");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.keyboard().press("Enter");
    for (int n = 0;
        n < 30 && !(Boolean) page.evaluate("document.activeElement.matches('ol.shows a')");
        n++) {
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Enter");
    assertThat(page).hasURL(Pattern.compile(".*/shows/.*"));
    open(page, pages.get("show"));
    for (int n = 0;
        n < 40 && !(Boolean) page.evaluate("document.activeElement.matches('button.vote')");
        n++) {
      page.keyboard().press("Tab");
    }
    Locator vote = page.locator("button.vote").first();
    assertThat(vote).isFocused();
    int before = Integer.parseInt(vote.locator("[data-count]").textContent());
    page.keyboard().press("Space");
    assertThat(vote.locator("[data-count]")).hasText(String.valueOf(before + 1));
    assertThat(page.locator("button.vote").first()).isFocused();
    page.keyboard().press("Space");
    assertThat(vote.locator("[data-count]")).hasText(String.valueOf(before));
  }

  // --- What goes wrong --------------------------------------------------------------------------

  @Test
  void aPartThatFails_isToldFromAnEmptyOneAndTriedAgain() {
    Page page = visitor();
    page.route("**/setlist", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
    page.navigate(pages.get("show"));
    assertThat(page.locator(".trouble")).containsText("could not be loaded");
    assertThat(page.locator("h1")).isVisible();
    page.unroute("**/setlist");
    page.getByText("Try again").click();
    assertThat(page.locator("ol.votes li").first()).isVisible();

    open(page, pages.get("nothing"));
    assertThat(page.locator(".empty")).containsText("Nothing in the catalogue");
    assertThat(page.locator(".trouble")).hasCount(0);
  }

  @Test
  void aSourceThatIsDown_isSaidSo() {
    sandbox.faults("spotify:status=503");
    try {
      Page page = visitor();
      open(page, "/search?q=somebody%20who%20is%20not%20here");
      page.locator("[data-look]").click();
      assertThat(page.locator(".import .trouble"))
          .containsText("Could not look: spotify cannot be asked");
    } finally {
      sandbox.faults("");
    }
  }

  @Test
  void hostileNames_areOnlyText() {
    String artist =
        id(
            "insert into artists (id, name) values (gen_random_uuid(), '<script>document.title=1</script><img src=x onerror=document.title=1>') returning id");
    String show =
        id(
            "insert into shows (id, name, headliner_id, local_date, status, url) values (gen_random_uuid(), repeat('A', 5000) || '‮' || repeat('שלום ', 900), '"
                + artist
                + "', current_date + 1, 'scheduled', 'javascript:document.title=1') returning id");
    node.jdbc()
        .update(
            "insert into show_artists (show_id, artist_id, position) values (?::uuid, ?::uuid, 0)",
            show,
            artist);
    try {
      Page page = visitor(new NewContextOptions().setViewportSize(360, 740));
      for (String address :
          List.of("/artists/" + artist, "/shows/" + show, "/?artist=script", "/search?q=script")) {
        open(page, address);
        assertThat(page.title()).endsWith("Backline");
        assertThat(page.locator("main script, main img[src=x], a[href^='javascript']")).hasCount(0);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as(address)
            .isTrue();
      }
      page.navigate("/artists/" + artist);
      assertThat(page.locator("h1")).containsText("<script>");
    } finally {
      node.jdbc().update("delete from shows where id = ?::uuid", show);
      node.jdbc().update("delete from artists where id = ?::uuid", artist);
    }
  }

  // --- Operations -------------------------------------------------------------------------------

  private Page operator() {
    Page page = visitor();
    page.navigate("/ops");
    assertThat(page).hasURL(Pattern.compile(".*/ops/login"));
    page.getByLabel("The operator's key").fill("not " + KEY);
    page.getByText("Enter").click();
    assertThat(page.locator(".error")).containsText("not the operator's key");
    page.navigate("/ops/login");
    page.getByLabel("The operator's key").fill(KEY);
    page.getByText("Enter").click();
    assertThat(page).hasURL(Pattern.compile(".*/ops$"));
    return page;
  }

  @Test
  void anOperator_findsALetterByItsCauseEditsItReplaysItAndSeesItApplied() {
    Map<String, Object> poison =
        node.jdbc()
            .queryForMap(
                "select s.id, s.name, l.source_id from shows s join source_links l on l.entity_kind = 'show' and l.entity_id = s.id"
                    + " where l.source = 'ticketmaster' and (select count(*) from source_links o where o.entity_id = s.id) = 1"
                    + " and s.name ~ '^[A-Za-z ]+$' order by s.id limit 1");
    node.jdbc()
        .execute(
            "alter table shows add constraint show_is_no_poison check (name <> '"
                + poison.get("name")
                + "') not valid");
    try {
      node.jdbc()
          .update(
              "update source_records set state = 'landed' where source_id = ?",
              poison.get("source_id"));
      Page page = operator();
      page.locator("[data-part='/ops/letters'] a").first().click();
      page.locator("ul.rows a").first().click();
      assertThat(page.locator("p.error")).containsText("show_is_no_poison");
      Locator payload = page.getByLabel("What the source sent");
      String text = payload.inputValue();
      payload.fill("{ no json");
      page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator(".said")).containsText("Not saved");
      payload.fill(text.replace((String) poison.get("name"), "A name that is allowed"));
      page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator(".said")).containsText("Saved");
      page.getByText("Replay", new Page.GetByTextOptions().setExact(true)).click();
      assertThat(page.locator(".badge.replayed")).isVisible();
      assertThat(page.locator("main")).containsText("the record is applied");
      Browser.picture(page, "letter");
      page.navigate("/shows/" + poison.get("id"));
      assertThat(page.locator("h1")).containsText("A name that is allowed");
    } finally {
      node.jdbc().execute("alter table shows drop constraint show_is_no_poison");
    }
  }

  @Test
  void aPair_isReviewedSideBySide() {
    List<String> two =
        node.jdbc()
            .queryForList(
                "select source_id from source_links where entity_kind = 'artist' and source = 'ticketmaster'"
                    + " order by source_id desc limit 2",
                String.class);
    node.jdbc()
        .update(
            "insert into identity_pairs values ('artist', 'ticketmaster', ?, 'ticketmaster', ?, 0.99,"
                + " '[\"names alike (+30)\", \"<b>no</b> city in common (-5)\"]', 'review')",
            two.get(1),
            two.get(0));
    Page page = operator();
    Locator pair = page.locator(".pair").first();
    assertThat(pair).containsText("names alike (+30)");
    assertThat(pair).containsText("<b>no</b> city in common (-5)");
    assertThat(pair.locator(".side")).hasCount(2);
    Browser.picture(page, "review");

    pair.getByText("No, two").click();

    assertThat(page.locator(".pair", new Page.LocatorOptions().setHasText("names alike (+30)")))
        .hasCount(0);
    assertEquals(
        "1", id("select count(*) from verdicts where not same and left_id = '" + two.get(1) + "'"));
  }

  @Test
  void operationsPages_fitOnAPhone() {
    Page page = operator();
    page.setViewportSize(375, 740);
    for (String part :
        List.of("", "/sources", "/letters", "/reviews", "/jobs", "/changes", "/routes")) {
      page.navigate("/ops" + part);
      assertThat(page.locator(".skeleton")).hasCount(0);
      assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("/ops%s is not wider than the phone", part)
          .isTrue();
    }
  }

  @Test
  void theOperationsPage_showsSourcesRunsAndRoutes() {
    Page page = operator();
    assertThat(page.locator("[data-part]")).hasCount(6);
    assertThat(page.locator("ul.cards li")).hasCount(4);
    assertThat(page.locator("[data-part='/ops/jobs'] tbody tr").first()).isVisible();
    page.getByText(Pattern.compile("\\d+ routes, ")).click();
    page.getByLabel("Stop sweep", new Page.GetByLabelOptions().setExact(true)).click();
    page.getByLabel("Start sweep", new Page.GetByLabelOptions().setExact(true)).click();
    assertThat(page.getByLabel("Stop sweep", new Page.GetByLabelOptions().setExact(true)))
        .isVisible();
    page.reload();
    assertThat(page.locator(".skeleton")).hasCount(0);
    Browser.picture(page, "ops");
    assertThat(
            new AxeBuilder(page)
                .analyze().getViolations().stream()
                    .filter(v -> List.of("serious", "critical").contains(v.getImpact()))
                    .map(v -> v.getId() + ": " + v.getNodes().get(0).getHtml()))
        .isEmpty();
    page.getByText("Leave", new Page.GetByTextOptions().setExact(true)).click();
    page.navigate("/ops");
    assertThat(page).hasURL(Pattern.compile(".*/ops/login"));
  }

  // --- Finding ----------------------------------------------------------------------------------

  @Test
  void shows_areFilteredAndTurnedPageByPage() {
    Page page = visitor();
    page.navigate("/");
    String city =
        id(
            "select city from venues v join shows s on s.venue_id = v.id where s.local_date > current_date group by 1 order by count(*) desc, 1 limit 1");
    page.getByLabel("City").fill(city);
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator("ol.shows li").first()).containsText(city);
    assertThat(page.getByLabel("City")).hasValue(city);
    page.getByLabel("Country").fill("XX");
    page.getByText("Show", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".empty")).containsText("No show fits");
    page.getByText("Clear").click();
    assertThat(page.locator("ol.shows li")).hasCount(20);
  }

  @Test
  void thePicture_ofANetworkLeadsToItsVenues() {
    Page page = visitor();
    open(page, pages.get("venue"));
    assertThat(page.locator("svg.network circle.centre")).hasCount(1);
    page.locator("svg.network a").first().click();
    assertThat(page).hasURL(Pattern.compile(".*/venues/.*"));
  }
}
