package dev.backline.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import dev.backline.sandbox.Sandbox;
import dev.backline.testkit.Browser;
import dev.backline.testkit.Postgres;
import dev.backline.testkit.TestNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first reader of a show whose headliner nobody has looked at before, in a real browser. */
class FirstVisitTest {
  private static final int LONGEST_MS = 60_000;

  @Test
  void aShowOfAnUnknownArtist_getsItsSetlistWhileItIsLookedAt() throws IOException {
    try (Sandbox sandbox = Sandbox.start(Sandbox.Options.of(7, 40))) {
      Map<String, String> settings = new HashMap<>(sandbox.settings());
      settings.put("visitor.secret", "the secret of the visitors of this test");
      settings.put("auto.start-workers", "true");
      settings.put("workers.idle-delay", "100");
      settings.put("setlists.foretell-delay", "3600000"); // only readers have setlists made
      try (TestNode node = TestNode.serve(Postgres.create(), sandbox.ticketmaster(), settings);
          Browser browser = Browser.start(node.node().ports().http());
          BrowserContext reader = browser.visitor(new NewContextOptions())) {
        node.sync("upcoming-shows");
        String show =
            node.jdbc()
                .queryForObject(
                    "select cast(s.id as text) from shows s join artists a on a.id = s.headliner_id where s.local_date > current_date"
                        + " and a.spotify_id is not null order by s.id limit 1",
                    String.class);
        Page page = reader.newPage();
        assertEquals(0, node.count("songs"));

        page.navigate("/shows/" + show);

        assertThat(page.locator("ol.votes li").first())
            .isVisible(new IsVisibleOptions().setTimeout(LONGEST_MS));
      }
    }
  }
}
