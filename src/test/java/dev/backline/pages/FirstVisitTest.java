package dev.backline.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Browser;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first reader of a show whose headliner nobody has looked at before, in a real browser. */
class FirstVisitTest {
  private static final IsVisibleOptions LONG = new IsVisibleOptions().setTimeout(60_000);

  private Sandbox sandbox;
  private TestNode node;
  private Browser browser;
  private Page page;
  private String show;

  @BeforeEach
  void start() throws IOException {
    sandbox = Sandbox.start(Sandbox.Options.of(7, 40));
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    settings.put("visitor.secret", "the secret of the visitors of this test");
    settings.put("auto.start-workers", "true");
    settings.put("workers.idle-delay", "100");
    settings.put("nodes.heartbeat-delay", "100000"); // the node's first sign of life must do
    settings.put("nodes.silent-seconds", "300");
    settings.put("apply.queue-pages", "1000"); // fetching goes on while nothing is applied
    settings.put("setlists.foretell-delay", "3600000"); // only readers have setlists made
    node = TestNode.serve(Postgres.create(), sandbox.ticketmaster(), settings);
    browser = Browser.start(node.node().ports().http());
    BrowserContext reader = browser.visitor(new NewContextOptions());
    node.sync("upcoming-shows");
    show =
        node.jdbc()
            .queryForObject(
                "select cast(s.id as text) from shows s join artists a on a.id = s.headliner_id where s.local_date > current_date"
                    + " and a.spotify_id is not null order by a.name, s.local_date, s.id limit 1",
                String.class);
    page = reader.newPage();
    assertEquals(0, node.count("songs"));
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    node.close();
    sandbox.close();
  }

  @Test
  void aShowOfAnUnknownArtist_getsItsSetlistWhileItIsLookedAt() {
    page.navigate("/shows/" + show);

    assertThat(firstSong()).isVisible(LONG);
  }

  @Test
  void songsThatWereFetchedButNotApplied_areWaitedFor() {
    node.invoke("apply-pages", "stop");
    node.invoke("sweep", "stop");
    page.navigate("/shows/" + show);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> node.count("artists where songs_synced_at is not null") == 1);
    assertEquals(0, node.count("songs"));

    String said = page.request().get("/api/shows/" + show + "/setlist").text();

    assertThat(said).contains("\"importing\" : true");
    assertThat(firstSong()).isHidden();
    node.invoke("sweep", "start");
    node.invoke("apply-pages", "start");
    assertThat(firstSong()).isVisible(LONG);
    assertThat(node.count("songs")).isPositive();
  }

  private Locator firstSong() {
    return page.locator("ol.votes li").first();
  }
}
